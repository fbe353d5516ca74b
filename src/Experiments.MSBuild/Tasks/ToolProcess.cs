using System.Diagnostics;
using System.Text;

namespace Experiments.MSBuild.Tasks;

/// <summary>
/// Runs the command and passes on its lines. A cancelled build closes its standard input, which asks a sweep to end in good order;
/// after the grace its process tree is killed. MSBuild's own ToolTask kills at once.
/// </summary>
internal static class ToolProcess
{
    public static int Run(string tool, IReadOnlyList<string> arguments, TimeSpan grace, Action<string> line, CancellationToken cancellation)
    {
        var start = Start(tool, arguments);
        var gate = new object(); // output and error come on threads of their own
        start.Environment["EXPERIMENTS_CALLED_BY"] = "msbuild"; // which adds the [project] itself
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, received) => Pass(received.Data);
        process.ErrorDataReceived += (_, received) => Pass(received.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => ThreadPool.QueueUserWorkItem(_ => End(process, grace))))
            process.WaitForExit();
        return process.ExitCode;

        void Pass(string? text)
        {
            if (text is null)
                return;
            lock (gate)
                line(text);
        }
    }

    private static ProcessStartInfo Start(string tool, IReadOnlyList<string> arguments)
    {
        var isAssembly = tool.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo
        {
            FileName = isAssembly ? Host() : tool,
            Arguments = CommandLine.Join(isAssembly ? ["exec", tool, .. arguments] : arguments),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
    }

    private static string Host() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";

    private static void End(Process process, TimeSpan grace)
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit((int)grace.TotalMilliseconds))
                KillTree(process);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

    /// <summary>netstandard2.0 cannot name <c>Kill(entireProcessTree)</c>; every runtime but .NET Framework has it.</summary>
    private static void KillTree(Process process)
    {
        if (typeof(Process).GetMethod("Kill", [typeof(bool)]) is { } kill)
            kill.Invoke(process, [true]);
        else
            process.Kill();
    }
}
