using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Settings of the sweep that the training loader does not have: its figures belong to another configuration.</summary>
internal static class OverrideWarnings
{
    public static IEnumerable<TrialDiagnosis> Find(TrialEvidence evidence)
    {
        if (evidence.Record.Loaders.LastOrDefault(loader => loader.Trains) is not { } loader)
            yield break;
        var differences = Differences(evidence.Wanted, loader.Used).ToList();
        if (differences.Count > 0)
        {
            var why = loader.Notes.Count > 0 ? $" ({string.Join("; ", loader.Notes)})" : "";
            yield return PyTorchDiagnostics.OverrideNotApplied.WarningBecause(
                $"{string.Join(", ", differences)} at {loader.Site}{why}", $"probe: {{loaders: {Path.GetFileName(loader.Site)}}}");
        }
    }

    private static IEnumerable<string> Differences(LoaderSettings wanted, LoaderSettings used)
    {
        if (Differs(wanted.NumWorkers, used.NumWorkers))
            yield return $"num_workers={used.NumWorkers} instead of {wanted.NumWorkers}";
        if (Differs(wanted.PinMemory, used.PinMemory))
            yield return $"pin_memory={used.PinMemory} instead of {wanted.PinMemory}";
        if (Differs(wanted.BatchSize, used.BatchSize))
            yield return $"batch_size={used.BatchSize} instead of {wanted.BatchSize}";
        if (used.NumWorkers is 0)
            yield break; // the other two mean nothing without workers
        if (Differs(wanted.PrefetchFactor, used.PrefetchFactor))
            yield return $"prefetch_factor={used.PrefetchFactor} instead of {wanted.PrefetchFactor}";
        if (Differs(wanted.PersistentWorkers, used.PersistentWorkers))
            yield return $"persistent_workers={used.PersistentWorkers} instead of {wanted.PersistentWorkers}";
    }

    private static bool Differs<T>(T? wanted, T? used)
        where T : struct => wanted is { } value && used is { } other && !value.Equals(other);
}
