using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Definitions;

namespace Experiments.Tool.Running;

/// <summary>Reads all definitions that a command was given before anything runs; every mistake of every file is printed at once.</summary>
internal static class DefinitionLoading
{
    /// <summary>What is meant where no file is named.</summary>
    public const string Usual = "experiments/*.yaml";

    /// <summary>The definitions, or null when one of them is in error.</summary>
    public static IReadOnlyList<ExperimentDefinition>? Read(IEnumerable<string> files, TextWriter output)
    {
        var readings = files.Select(DefinitionReader.Read).ToList();
        Print(readings.SelectMany(reading => reading.Diagnostics).Select(WithTheFirstStep), output);
        return readings.Any(reading => reading.Definition is null) ? null : [.. readings.Select(reading => reading.Definition!)];
    }

    /// <summary>The definitions with their plans, or null when a definition or an option is in error.</summary>
    public static IReadOnlyList<(ExperimentDefinition Definition, Plan Plan)>? Plan(IEnumerable<string> files, PlanOptions options, TextWriter output)
    {
        if (Read(files, output) is not { } definitions)
            return null;
        var plannings = definitions.Select(definition => (Definition: definition, Planning: Planner.TryCreate(definition, options))).ToList();
        Print(plannings.SelectMany(each => each.Planning.Diagnostics).Distinct(), output);
        return plannings.Any(each => each.Planning.Plan is null) ? null : [.. plannings.Select(each => (each.Definition, each.Planning.Plan!))];
    }

    /// <summary>Whoever named no file and has none is at the beginning.</summary>
    private static Diagnostic WithTheFirstStep(Diagnostic mistake) =>
        mistake.Code == DefinitionDiagnostics.UnreadableFile.Code && mistake.Position?.File == Usual
            ? DefinitionDiagnostics.UnreadableFile.Error($"there is no {Usual} here; experiments init writes a first one, and a definition elsewhere is named as an argument")
            : mistake;

    private static void Print(IEnumerable<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
            output.WriteLine(diagnostic);
    }
}
