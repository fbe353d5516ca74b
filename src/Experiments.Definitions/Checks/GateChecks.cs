using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks what gates say against the plan, and against each other.</summary>
internal static class GateChecks
{
    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        if (draft.Gates.Throughput.MaxRepeats is { } most && most < draft.Repeats)
            context.ErrorAtKey(DefinitionDiagnostics.OutOfRange, FormattableString.Invariant($"gates.throughput.max_repeats is {most}; it must be at least the {draft.Repeats} of repeats"), "gates.throughput.max_repeats");
        if (draft.Gates.Baseline is { Ratchet: true, Source: not BaselineChoice.File and var source })
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, $"gates.baseline.ratchet moves the accepted file, but source is {source}", "gates.baseline.ratchet");
        foreach (var bounds in draft.Gates.Metrics)
            Check(bounds, context);
    }

    private static void Check(MetricBounds bounds, ReadingContext context)
    {
        var path = $"gates.metrics.{bounds.Metric}";
        if (context.NodeAt(path) is MappingNode { Entries: [] })
            context.ErrorAtKey(DefinitionDiagnostics.NoBound, $"{path} bounds nothing; write one of min, max, max_increase and max_decrease", path);
        if (bounds.Min > bounds.Max)
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, FormattableString.Invariant($"{path}.min is {bounds.Min}, above its max of {bounds.Max}: nothing lies between"), $"{path}.min");
    }
}
