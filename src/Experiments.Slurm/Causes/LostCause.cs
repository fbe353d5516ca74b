using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Slurm.Cluster;

namespace Experiments.Slurm.Causes;

/// <summary>
/// Why a job left a trial without a result: by Slurm's state, by what Slurm wrote to the job's log, and by how far the job's script came. Never by the signal, which is the same for a time limit, a preemption and a
/// <c>scancel</c>. Pure.
/// </summary>
/// <param name="Rule">The cause.</param>
/// <param name="Message">What is known.</param>
/// <param name="Status">How the trial ended.</param>
/// <param name="RunsAgain">Whether the trial is submitted again: neither it nor its definition is to blame.</param>
internal sealed record LostCause(DiagnosticRule Rule, string Message, TrialStatus Status = TrialStatus.Failed, bool RunsAgain = false)
{
    private const int LongestWords = 300;

    private static readonly string[] MemoryWords = ["oom-kill", "oom_kill", "exceeded memory limit", "exceeded job memory limit", "exceeded step memory limit", "out of memory handler", "out-of-memory"];

    /// <summary>The cause.</summary>
    /// <param name="evidence">What is known.</param>
    public static LostCause Of(LostEvidence evidence)
    {
        var (entry, state) = (evidence.Entry, evidence.Entry?.State ?? "");
        if (state == "OUT_OF_MEMORY" || MemoryWords.Any(Logged))
            return new(SlurmDiagnostics.OutOfMemory, Text("was ended for lack of memory before the trial's own limit spoke"), TrialStatus.BlownUp);
        if (state is "TIMEOUT" or "DEADLINE" || Logged("DUE TO TIME LIMIT"))
            return new(SlurmDiagnostics.TimeLimit, Text("was ended at its time limit"), TrialStatus.TimedOut);
        if (state == "PREEMPTED" || Logged("DUE TO PREEMPTION"))
            return new(SlurmDiagnostics.Preempted, Text("was preempted"), RunsAgain: true);
        if (state is "NODE_FAIL" or "BOOT_FAIL" || Logged("DUE TO NODE FAILURE"))
            return new(SlurmDiagnostics.NodeFailed, Text("lost its node"), RunsAgain: true);
        if (state is "CANCELLED" or "REVOKED" || Logged("CANCELLED AT"))
            return new(SlurmDiagnostics.CancelledOutside, Text("was cancelled, and not by this program"));
        return evidence.End switch
        {
            { Stage: "folder", Status: not 0 } => new(SlurmDiagnostics.NoWorkingFolder, Text("could not enter the working folder")),
            { Stage: "runner", Status: not 0, Asked: false } end => new(SlurmDiagnostics.RunnerFailed, Text(string.Create(CultureInfo.InvariantCulture, $"ended with exit code {end.Status} and no result"))),
            { Asked: true } => new(SlurmDiagnostics.CancelledOutside, Text("was asked to end, and Slurm does not say any more by whom")),
            { Stage: var stage, Status: not 0 } when Line(stage) is { } line => new(SlurmDiagnostics.SetupFailed, Text($"ended in the line of setup: {line}")),
            _ when evidence.Start is null && entry is not null => new(SlurmDiagnostics.NotLaunched, Text($"ended as {Words(entry)} before its first line"), RunsAgain: true),
            _ when entry is not null => new(SlurmDiagnostics.Lost, Text($"ended as {Words(entry)}"), RunsAgain: true),
            _ => new(SlurmDiagnostics.Lost, Text("is not known to Slurm any more"), RunsAgain: true),
        };

        bool Logged(string words) => evidence.Log.Contains(words, StringComparison.OrdinalIgnoreCase);

        string? Line(string stage) =>
            stage.StartsWith("setup:", StringComparison.Ordinal) && int.TryParse(stage["setup:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < evidence.Setup.Count ? evidence.Setup[index] : null;

        string Text(string what)
        {
            var node = evidence.Start?.Node ?? (entry is { Node.Length: > 0 } known ? known.Node : null);
            var last = evidence.Log.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => !line.StartsWith(LogOfAttempt.Mark, StringComparison.Ordinal));
            var words = last is null ? "" : $"; it last said: {(last.Length > LongestWords ? last[..LongestWords] + "…" : last)}";
            return $"{evidence.Job}{(node is null ? "" : $" on {node}")} {what}{words}; its log: {evidence.LogFile}";
        }
    }

    private static string Words(QueueEntry entry) => entry.Reason is { Length: > 0 } reason and not "None" ? $"{entry.State} ({reason})" : entry.State;
}
