using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Keys;

namespace Experiments.Engine.Definitions.Checks;

/// <summary>Checks what gates say against the plan, and against each other.</summary>
internal static class GateChecks
{
    public static void Check(Section root, ReadingContext context)
    {
        var gates = root.Under("gates");
        var repeats = root.Integer("repeats") ?? 1;
        if (gates.Under("throughput").Integer("max_repeats") is { } most && most < repeats)
            context.ErrorAtKey(DefinitionDiagnostics.OutOfRange, FormattableString.Invariant($"gates.throughput.max_repeats is {most}; it must be at least the {repeats} of repeats"), "gates.throughput.max_repeats");
        if (gates.Under("baseline").Boolean("ratchet") == true && gates.Under("baseline").Text("source") is { } source and not "file")
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, $"gates.baseline.ratchet moves the accepted file, but source is {source}", "gates.baseline.ratchet");
    }
}
