using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Experiments.Tool;

/// <summary>
/// Starts the command as Cake does, but holds its standard input: closing it asks a sweep to end in good order. Cake's own runner
/// can only write to standard input and close it at once, and leaves the child behind when Cake is interrupted.
/// </summary>
internal sealed class SweepProcessRunner(ICakeEnvironment environment, ICakeLog log, TimeSpan grace) : IProcessRunner
{
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        var start = new ProcessStartInfo(filePath.FullPath)
        {
            Arguments = settings.Arguments?.Render() ?? "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = settings.RedirectStandardOutput,
            RedirectStandardError = settings.RedirectStandardError,
        };
        if (!settings.NoWorkingDirectory)
            start.WorkingDirectory = (settings.WorkingDirectory ?? environment.WorkingDirectory).MakeAbsolute(environment).FullPath;
        foreach (var (name, value) in settings.EnvironmentVariables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        if (!settings.Silent)
            log.Verbose(Verbosity.Diagnostic, "Executing: {0} {1}", filePath.FullPath, settings.Arguments?.RenderSafe() ?? "");
        return new SweepProcess(Process.Start(start) ?? throw new CakeException($"{filePath.FullPath} was not started."), grace);
    }
}
