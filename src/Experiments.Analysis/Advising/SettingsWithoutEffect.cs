using Experiments.Analysis.Gating;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>Settings that change nothing here: configurations that differ in them alone are one, and how their trials differ is noise.</summary>
/// <param name="pins">Whether pinning has an effect.</param>
internal sealed class SettingsWithoutEffect(bool pins)
{
    /// <summary>Whether <c>pin_memory</c> has an effect: with a CUDA device that the trials compute on.</summary>
    public bool Pins => pins;

    /// <summary>Learns it of a sweep.</summary>
    /// <param name="trials">Its trials, which may have been warned that torch sees no device.</param>
    /// <param name="context">The machine and the device asked for.</param>
    public static SettingsWithoutEffect Of(IEnumerable<TrialResult> trials, GateContext context) => new(
        context.Machine.Gpu is not ("" or "none") && context.Definition.Train.Device != "cpu"
        && !trials.SelectMany(trial => trial.Diagnostics).Any(one => one.Code == PyTorchDiagnostics.PinMemoryWithoutCuda.Code));

    /// <summary>What tells configurations apart.</summary>
    public string KeyOf(Configuration configuration) => string.Join('\n', configuration.Values
        .Where(value => HasEffect(value.Key, configuration)).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value.Text}"));

    /// <summary>The configuration as it is recommended: never with pinned memory where that changes nothing.</summary>
    public Configuration Plain(Configuration configuration) => pins || configuration.PinMemory is not true
        ? configuration
        : Configuration.Create(new Dictionary<string, AxisValue>(configuration.Values, StringComparer.Ordinal) { [AxisNames.PinMemory] = AxisValue.Of(false) });

    /// <summary>Whether two configurations differ in nothing but how many workers load, and how far ahead: then whoever has fewer gains no more than it waits.</summary>
    public bool DifferInWorkersAlone(Configuration one, Configuration other) => one.Values.Keys.Union(other.Values.Keys, StringComparer.Ordinal)
        .All(axis => axis is AxisNames.NumWorkers or AxisNames.PrefetchFactor or AxisNames.PersistentWorkers || (axis == AxisNames.PinMemory && !pins)
            || (one.Values.TryGetValue(axis, out var first) && other.Values.TryGetValue(axis, out var second) && first.Text == second.Text));

    private bool HasEffect(string axis, Configuration configuration) => axis switch
    {
        AxisNames.PinMemory => pins,
        AxisNames.PrefetchFactor or AxisNames.PersistentWorkers => configuration.NumWorkers is not 0,
        _ => true,
    };
}
