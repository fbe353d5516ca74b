using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Memory;

/// <summary>Trials whose configurations differ in <c>num_workers</c> alone.</summary>
internal static class MemoryKin
{
    /// <summary>The values of the other axes.</summary>
    public static IReadOnlyDictionary<string, AxisValue> Others(Configuration configuration) =>
        configuration.Values.Where(value => value.Key != AxisNames.NumWorkers).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);

    /// <summary>Those trials of a sweep that are kin of a configuration.</summary>
    public static IReadOnlyList<TrialResult> Of(Configuration configuration, IEnumerable<TrialResult> trials) =>
        [.. trials.Where(trial => AreKin(trial.Configuration, configuration))];

    private static bool AreKin(Configuration one, Configuration other) => one.Values.Count == other.Values.Count
        && one.Values.All(value => value.Key == AxisNames.NumWorkers || (other.Values.TryGetValue(value.Key, out var same) && same.Text == value.Value.Text));
}
