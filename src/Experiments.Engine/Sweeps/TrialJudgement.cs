using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;

namespace Experiments.Engine.Sweeps;

/// <summary>Decides how a trial ended, and says why in one line. Pure.</summary>
internal static class TrialJudgement
{
    /// <summary>The status, and what went wrong.</summary>
    /// <param name="end">What is known.</param>
    internal static (TrialStatus Status, IReadOnlyList<Diagnostic> Diagnostics) Of(TrialEnd end)
    {
        var (status, diagnostic) = Cause(end);
        var diagnostics = new List<Diagnostic>();
        if (diagnostic is not null)
            diagnostics.Add(diagnostic);
        if (end.Exit.Leftovers > 0)
            diagnostics.Add(TrialDiagnostics.LeftProcesses.Warning(Text($"{end.Exit.Leftovers} processes were still alive after the trial and were ended")));
        if (end.Exit.Unkillable > 0)
            diagnostics.Add(TrialDiagnostics.LeftProcesses.Error(Text($"{end.Exit.Unkillable} processes sleep in the kernel and could not be ended")));
        if (end.Telemetry.Gpu is { OtherProcesses: > 0 and var others, PeakBytes: > 0 })
            diagnostics.Add(EnvironmentDiagnostics.GpuInUse.Warning(Text($"{others} other processes were on the trial's GPU: its figures are disturbed")));
        return (status, diagnostics);
    }

    private static (TrialStatus Status, Diagnostic? Diagnostic) Cause(TrialEnd end)
    {
        var train = end.Definition.PositionOf("train");
        var code = end.Exit.Exit.ExitCode;
        if (end.Exit.Cause == EndCause.Cancelled)
            return (TrialStatus.Cancelled, TrialDiagnostics.Cancelled.Warning("cancelled by the user while it ran"));
        if (end.Telemetry.Passed is LimitKind.Processes && end.Definition.Limits.Processes is { } processes)
        {
            return (TrialStatus.Failed, TrialDiagnostics.ProcessLimit.Error(
                Text($"{end.Telemetry.MostProcesses} processes, where the limit is {processes}; ended after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.processes")));
        }

        if (end.Telemetry.Passed is LimitKind.GpuMemory && end.Definition.Limits.GpuMemoryBytes is { } gpu)
        {
            return (TrialStatus.BlownUp, TrialDiagnostics.GpuMemoryLimit.Error(
                Text($"{end.Telemetry.Gpu?.PeakBytes / 1048576.0:0} MiB of GPU memory, where the limit is {gpu / 1048576.0:0} MiB; ended after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.gpu_memory")));
        }

        if (end.Telemetry.Passed is LimitKind.Memory || end.Exit.Cause == EndCause.MemoryLimit)
            return (TrialStatus.BlownUp, TrialDiagnostics.MemoryLimit.Error(MemoryText(end), end.Definition.PositionOf("limits.memory")));
        if (end.Exit.Cause == EndCause.TimedOut)
        {
            var seconds = end.Definition.Limits.Timeout.TotalSeconds;
            return (TrialStatus.TimedOut, TrialDiagnostics.TimedOut.Error(
                Text($"still running after {seconds:0.###} s and {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.timeout")));
        }

        if (end.Exit.Cause == EndCause.Stalled)
        {
            return (TrialStatus.TimedOut, TrialDiagnostics.Stalled.Error(
                Text($"nothing reported for {end.Definition.Limits.StallTimeout?.TotalSeconds:0.###} s, after {end.Steps} steps") + Evidence(end), end.Definition.PositionOf("limits.stall_timeout")));
        }

        if (end.Exit.Exit.Signal is { } signal)
            return (TrialStatus.Failed, TrialDiagnostics.KilledBySignal.Error($"killed by {SignalName.Of(signal)}{Evidence(end)}", train));
        if (code != 0)
            return (TrialStatus.Failed, TrialDiagnostics.ExitCode.Error(Text($"exit code {code}") + ExitHint(code) + Evidence(end), train));
        if (end.IsMeasured)
            return (TrialStatus.Completed, null);
        var warmup = end.Definition.Train.WarmupSteps;
        return (TrialStatus.NotMeasured, TrialDiagnostics.NotMeasured.Error(
            Text($"exit code 0, but {end.Steps} steps reported where more than {warmup} warm-up steps are needed") + Evidence(end), train));
    }

    private static string MemoryText(TrialEnd end)
    {
        const double Mebibyte = 1024 * 1024;
        var limit = end.MemoryLimitBytes is { } bytes ? Text($"{bytes / Mebibyte:0} MiB") : "none";
        var who = end.Exit.Cause == EndCause.MemoryLimit && end.Exit.Exit.Signal is null or NativeMethods.SignalKill ? "ended" : "hit by the kernel";
        var largest = end.Telemetry.Processes.AtPeak(_ => null) is [var first, ..]
            ? Text($"; largest process: {first.Name} with {first.AnonymousMegabytes:0} MiB")
            : "";
        return Text($"{who} at its memory limit: {end.Telemetry.Peak.UsedBytes / Mebibyte:0} MiB seen, limit {limit} ({end.Telemetry.Summary.MemoryMethod}), ")
            + Text($"after {end.Exit.Duration.TotalSeconds:0.0} s and {end.Steps} steps") + largest + Evidence(end);
    }

    private static string ExitHint(int? code) => code switch
    {
        126 or 127 => " (the program or its interpreter could not be run)",
        > 128 and < 128 + 32 => $" (a shell's code for a child killed by {SignalName.Of(code.Value - 128)})",
        _ => "",
    };

    private static string Evidence(TrialEnd end)
    {
        var words = end.LastWords.Length > 0 ? $"; it last said: {end.LastWords}" : "; it said nothing";
        return $"{words}; by hand: {end.CommandLine}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
