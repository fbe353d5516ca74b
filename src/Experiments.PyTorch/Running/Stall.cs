using Experiments.Engine.Trainers;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Running;

/// <summary>Tells a loader that hangs from a training that is merely slow, once the trial has timed out or has told nothing for too long.</summary>
internal static class Stall
{
    /// <summary>How many usual steps a wait must last.</summary>
    private const double UsualSteps = 10;

    /// <summary>Which share of the time limit a wait must last.</summary>
    private const double ShareOfTimeout = 0.25;

    /// <summary>How long no batch had come in the middle of an epoch; null where the wait is not that long, or the epoch had ended.</summary>
    /// <param name="record">What the probe wrote.</param>
    /// <param name="trial">The trial that timed out.</param>
    public static TimeSpan? Of(ProbeRecord record, EndedTrial trial)
    {
        if (trial.StalledFor is { } quiet) // the definition says how long is too long
            return record.WaitingSince is not null || (record.Loaders.Count > 0 && record.FirstBatchSeconds is null) ? quiet : null;
        if (record.WaitingSince is not { } since || record.Steps == 0)
            return null;
        var waited = (trial.EndedAt.ToUnixTimeMilliseconds() / 1000.0) - since;
        var least = Math.Max(UsualSteps * record.StepSeconds / record.Steps, ShareOfTimeout * trial.Definition.Limits.Timeout.TotalSeconds);
        return waited >= least ? TimeSpan.FromSeconds(waited) : null;
    }
}
