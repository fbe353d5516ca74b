using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>The branch that pull requests are merged into.</summary>
internal static partial class DefaultBranch
{
    private const string Usual = "main";

    /// <summary>The default branch of the remote, else the one that is checked out, else <c>main</c>.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    public static string Of(string folder) =>
        Git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD") is { } remote && remote.StartsWith("origin/", StringComparison.Ordinal) ? remote["origin/".Length..]
            : Git(folder, "symbolic-ref", "--short", "HEAD") ?? Usual;

    private static string? Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var branch = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 && Plain().IsMatch(branch) ? branch : null;
        }
        catch (Win32Exception)
        {
            return null; // there is no git
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./-]+\z")]
    private static partial Regex Plain();
}
