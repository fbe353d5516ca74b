using System.ComponentModel;
using System.Diagnostics;
using Experiments.Core.Diagnostics;
using Experiments.Engine;

namespace Experiments.Slurm.Cluster;

/// <summary>Starts the commands of Slurm, and ends those that do not answer: <c>scontrol requeue</c> is known to hang, and <c>sbatch</c> to wait for minutes.</summary>
/// <param name="patience">Time that each has; null: 30 seconds.</param>
internal sealed class SlurmClient(TimeSpan? patience = null)
{
    /// <summary>Variables by which a shell's own defaults would go before what a script's first lines ask for.</summary>
    private static readonly string[] Overruling =
    [
        "SBATCH_JOB_NAME", "SBATCH_ARRAY_INX", "SBATCH_OUTPUT", "SBATCH_ERROR", "SBATCH_OPEN_MODE", "SBATCH_REQUEUE", "SBATCH_NO_REQUEUE", "SBATCH_WAIT", "SBATCH_TIMELIMIT", "SBATCH_MEM_PER_NODE", "SBATCH_DEBUG",
    ];

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    /// <summary>Whether the commands are here.</summary>
    public static bool IsHere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "sbatch")));

    /// <summary>Asks a command.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DiagnosticException">EXP5050: it is not here.</exception>
    public async Task<SlurmAnswer> AskAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in Overruling)
            start.Environment.Remove(name);
        using var process = Start(start);
        process.StandardInput.Close();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return new SlurmAnswer(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new SlurmAnswer(null, "", "");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.NoSlurm.Error($"{start.FileName} cannot be started: {problem.Message}"), problem);
        }
    }
}
