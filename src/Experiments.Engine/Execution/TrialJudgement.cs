using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;
using Experiments.Processes;

namespace Experiments.Engine.Execution;

/// <summary>Decides how a trial ended, and says why in one line. Pure.</summary>
internal static class TrialJudgement
{
    /// <summary>The status, and what went wrong.</summary>
    /// <param name="end">What is known.</param>
    internal static (TrialStatus Status, IReadOnlyList<Diagnostic> Diagnostics) Of(EndedTrial end)
    {
        var (status, diagnostic) = Cause(end);
        var diagnostics = new List<Diagnostic>();
        if (diagnostic is not null)
            diagnostics.Add(diagnostic);
        if (end.End.Leftovers > 0)
            diagnostics.Add(TrialDiagnostics.LeftProcesses.Warning(end.End.Leftovers == 1 ? "1 process was still alive after the trial and was ended" : Text($"{end.End.Leftovers} processes were still alive after the trial and were ended")));
        if (end.End.Unkillable > 0)
            diagnostics.Add(TrialDiagnostics.LeftProcesses.Error(end.End.Unkillable == 1 ? "1 process sleeps in the kernel and could not be ended" : Text($"{end.End.Unkillable} processes sleep in the kernel and could not be ended")));
        if (end is { OtherGpuProcesses: > 0 and var others, GpuPeakBytes: > 0 })
            diagnostics.Add(EnvironmentDiagnostics.GpuInUse.Warning(others == 1 ? "1 other process was on the trial's GPU: its figures are disturbed" : Text($"{others} other processes were on the trial's GPU: its figures are disturbed")));
        return (status, diagnostics);
    }

    private static (TrialStatus Status, Diagnostic? Diagnostic) Cause(EndedTrial end)
    {
        var train = end.Definition.PositionOf("train");
        var code = end.ExitCode;
        if (end.End.Cause == EndCause.Cancelled)
            return (TrialStatus.Cancelled, TrialDiagnostics.Cancelled.Warning("cancelled by the user while it ran"));
        if (end.End.Cause == EndCause.ProcessLimit && end.Definition.Limits.Processes is { } processes)
        {
            return (TrialStatus.Failed, TrialDiagnostics.ProcessLimit.Error(
                Text($"{end.End.Memory?.MostProcesses} processes, where the limit is {processes}; ended after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.processes")));
        }

        if (end.End.Cause == EndCause.GpuMemoryLimit && end.Definition.Limits.GpuMemoryBytes is { } gpu)
        {
            return (TrialStatus.BlownUp, TrialDiagnostics.GpuMemoryLimit.Error(
                Text($"{end.GpuPeakBytes / 1048576.0:0} MiB of GPU memory, where the limit is {gpu / 1048576.0:0} MiB; ended after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.gpu_memory")));
        }

        if (end.End.Cause == EndCause.MemoryLimit)
            return (TrialStatus.BlownUp, TrialDiagnostics.MemoryLimit.Error(MemoryText(end), end.Definition.PositionOf("limits.memory")));
        if (end.End.Cause == EndCause.TimedOut)
        {
            var seconds = end.Definition.Limits.Timeout.TotalSeconds;
            return (TrialStatus.TimedOut, TrialDiagnostics.TimedOut.Error(
                Text($"still running after {seconds:0.###} s and {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.timeout")));
        }

        if (end.End.Cause == EndCause.Stalled)
        {
            return (TrialStatus.TimedOut, TrialDiagnostics.Stalled.Error(
                Text($"nothing reported for {end.Definition.Limits.StallTimeout?.TotalSeconds:0.###} s, after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.stall_timeout")));
        }

        if (end.Signal is { } signal)
            return (TrialStatus.Failed, TrialDiagnostics.KilledBySignal.Error($"killed by {SignalName.Of(signal)}{Evidence(end)}", train));
        if (code != 0 && !(end.HasStopped && end.IsMeasured)) // a launcher may complain of ranks that our own stop ended
            return (TrialStatus.Failed, TrialDiagnostics.ExitCode.Error(Text($"exit code {code}") + ExitHint(code) + Evidence(end), train));
        if (end.End.Memory?.Blind is { } blind)
            return (TrialStatus.NotMeasured, TrialDiagnostics.MemoryNotRead.Error(Text($"memory could not be read for {blind.TotalSeconds:0.0} s of {end.End.Duration.TotalSeconds:0.0} s: {end.End.Memory?.Reason}"), train));
        if (end.IsMeasured)
            return (TrialStatus.Completed, null);
        var warmup = end.Definition.Train.WarmupSteps;
        return (TrialStatus.NotMeasured, TrialDiagnostics.NotMeasured.Error(
            (end.Steps > warmup
                ? Text($"exit code 0, and {end.Steps} steps reported, of which the samples or the times are not above 0")
                : Text($"exit code 0, but {end.Steps} steps reported where more than {warmup} warm-up steps are needed")) + Evidence(end), train));
    }

    private static string MemoryText(EndedTrial end)
    {
        const double Mebibyte = 1024 * 1024;
        var limit = end.MemoryLimitBytes is { } bytes ? Text($"{bytes / Mebibyte:0} MiB") : "none";
        var who = end.OutOfMemoryKills > 0 ? "hit by the kernel" : "ended";
        var largest = end.End.Memory?.Processes is [var first, ..]
            ? Text($"; largest process: {first.Name} with {first.AnonymousBytes / Mebibyte:0} MiB")
            : "";
        return Text($"{who} at its memory limit: {end.End.Memory?.PeakBytes / Mebibyte:0} MiB seen, limit {limit} ({end.End.Memory?.Method}), ")
            + Text($"after {end.End.Duration.TotalSeconds:0.0} s and {end.Steps} steps") + largest + Evidence(end);
    }

    private static string ExitHint(int? code) => code switch
    {
        126 or 127 => " (the program or its interpreter could not be run)",
        > 128 and < 128 + 32 => $" (a shell's code for a child killed by {SignalName.Of(code.Value - 128)})",
        _ => "",
    };

    private static string Evidence(EndedTrial end)
    {
        var words = end.LastWords.Length > 0 ? $"; it last said: {end.LastWords}" : "; it said nothing";
        return $"{words}; by hand: {end.CommandLine}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
