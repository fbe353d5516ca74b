using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
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
    }
}
