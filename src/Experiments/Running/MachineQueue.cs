using Experiments.Core.Diagnostics;
using Experiments.Engine.Journal;
using Experiments.Engine.Trainers;

namespace Experiments.Running;

/// <summary>
/// One sweep at a time on a machine: two of them disturb each other's figures. A sweep waits until the one before it has ended, or runs beside it and says so. A sweep that a trial of another one starts
/// does not wait for it. The order of those who wait is that of chance.
/// </summary>
internal sealed class MachineQueue : IDisposable
{
    /// <summary>The folder of the queue, where it is not that for temporary files; <c>none</c>: there is no queue.</summary>
    internal const string Variable = "EXPERIMENTS_QUEUE";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly FileStream? _file;

    private MachineQueue(FileStream? file, Diagnostic? company) => (_file, Company) = (file, company);

    /// <summary>What says that another sweep ran beside this one; null when this one has the machine.</summary>
    internal Diagnostic? Company { get; }

    /// <summary>Waits for the sweep's turn.</summary>
    /// <param name="experiment">Its experiment.</param>
    /// <param name="options">Whether it waits, until when, and where that is said.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The user does not wait any more.</exception>
    internal static async Task<MachineQueue> EnterAsync(string experiment, RunOptions options, CancellationToken cancellationToken)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : Path.GetTempPath();
        if (folder == "none" || Environment.GetEnvironmentVariable(TrialEnvironment.SweepId) is not null)
            return new MachineQueue(null, null);
        var (path, holder) = (Path.Combine(folder, "experiments-queue.lock"), Path.Combine(folder, "experiments-queue.txt"));
        try
        {
            Directory.CreateDirectory(folder);
            var file = HeldFile.TryTake(path);
            if (file is null && options.WaitsForMachine)
                options.Notes.WriteLine($"{experiment} waits for another sweep on this machine{Who(holder)}; --no-queue runs beside it");
            while (file is null && options.WaitsForMachine && !(DateTimeOffset.UtcNow >= options.Until))
            {
                await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
                file = HeldFile.TryTake(path);
            }

            if (file is null)
                return new MachineQueue(null, TrialDiagnostics.InCompany.Warning($"another sweep ran on this machine{Who(holder)} when this one began: each disturbs the other's figures"));
            Sign(holder, experiment);
            return new MachineQueue(file, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Notes.WriteLine(TrialDiagnostics.InCompany.Warning($"whether another sweep runs on this machine is not known: {exception.Message.TrimEnd('.')}"));
            return new MachineQueue(null, null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private static string Who(string holder)
    {
        try
        {
            return File.Exists(holder) ? $" ({File.ReadAllText(holder).Trim()})" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Only for people: a file of another user stays as it is, and tells of an earlier sweep.</summary>
    private static void Sign(string holder, string experiment)
    {
        try
        {
            File.WriteAllText(holder, FormattableString.Invariant($"{experiment}, process {Environment.ProcessId}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // nobody needs it
        }
    }
}
