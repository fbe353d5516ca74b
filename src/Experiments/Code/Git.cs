using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Experiments.Code;

/// <summary>Runs git, which must be installed for what is asked of it.</summary>
internal static class Git
{
    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(20);

    /// <summary>What git prints; it is killed when it takes too long.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="IOException">There is no git, it complains, or it does not end.</exception>
    internal static byte[] Ask(string folder, params string[] arguments) => Ask(folder, Usually, arguments);

    /// <summary>As above, where it may take longer.</summary>
    internal static byte[] Ask(string folder, TimeSpan patience, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0"; // it only looks
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using var git = Process.Start(start)!;
            var isKilled = false;
            using var timer = new Timer(_ => isKilled = Kill(git), null, patience, Timeout.InfiniteTimeSpan);
            var errors = git.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(output);
            git.WaitForExit();
            if (isKilled)
                throw new IOException($"git {arguments[0]} did not end within {patience.TotalSeconds:0} s");
            return git.ExitCode == 0 ? output.ToArray() : throw new IOException($"git {arguments[0]}: {errors.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" ")}");
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new IOException($"git could not be run: {exception.Message}", exception);
        }
    }

    /// <summary>The line that git prints.</summary>
    /// <exception cref="IOException">As <see cref="Ask(string, string[])"/>.</exception>
    internal static string Line(string folder, params string[] arguments) => Line(folder, Usually, arguments);

    /// <summary>As above, with another patience.</summary>
    internal static string Line(string folder, TimeSpan patience, params string[] arguments) => Encoding.UTF8.GetString(Ask(folder, patience, arguments)).Trim();

    private static bool Kill(Process git)
    {
        try
        {
            git.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            return false; // it ended by itself just now
        }
    }
}
