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
                $"{string.Join(", ", differences)} at {loader.Site}{why}", Remedy(evidence, loader, differences));
        }
    }

    /// <summary>What an argument takes, the probe leaves to the script, whichever loaders it steers: then the argument is in the way.</summary>
    private static string Remedy(TrialEvidence evidence, LoaderRecord loader, IReadOnlyList<string> differences)
    {
        var site = Path.GetFileName(loader.Site);
        var taken = differences.Select(difference => '{' + difference[..difference.IndexOf('=')] + '}')
            .Where(placeholder => evidence.ArgumentTemplates.Any(argument => argument.Contains(placeholder, StringComparison.Ordinal))).ToList();
        if (taken.Count > 0)
        {
            return $"args: [{string.Join(", ", Without(evidence.ArgumentTemplates, taken).Select(Quoted))}]   # without {string.Join(" and ", taken)}: "
                + $"the script's argument does not reach the loader of {site}; where no argument takes a setting, the probe sets it";
        }

        if (loader.Notes.Any(note => note.Contains("IterableDataset", StringComparison.Ordinal)))
            return "env: {EXPERIMENTS_PROBE_RAISE_ITERABLE: \"1\"}   # only if the dataset shares its samples among workers (get_worker_info)";
        if (loader.Notes.Any(note => note.Contains("batch_sampler", StringComparison.Ordinal)))
            return "args: […, \"{batch_size}\"]   # by an option of the script: its own sampler makes the batches";
        return evidence.Loaders == site ? $"python SCRIPT   # see {loader.Site}: what sets the loader after it is made" : $"probe: {{loaders: {site}}}";
    }

    /// <summary>The arguments without those that hold a placeholder, and without the option before each.</summary>
    private static IEnumerable<string> Without(IReadOnlyList<string> arguments, List<string> placeholders)
    {
        bool Holds(string argument) => placeholders.Any(placeholder => argument.Contains(placeholder, StringComparison.Ordinal));
        for (var index = 0; index < arguments.Count; index++)
        {
            var isOptionOfOne = arguments[index].StartsWith('-') && !arguments[index].Contains('=', StringComparison.Ordinal)
                && index + 1 < arguments.Count && Holds(arguments[index + 1]);
            if (!Holds(arguments[index]) && !isOptionOfOne)
                yield return arguments[index];
        }
    }

    private static string Quoted(string argument) => argument.Any("{},[]:#\" ".Contains) ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : argument;

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
