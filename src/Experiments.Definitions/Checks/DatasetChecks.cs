using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks that datasets are whole, and that those of the matrix are declared.</summary>
internal static class DatasetChecks
{
    private const string AxisPath = "matrix." + AxisNames.Dataset;

    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        foreach (var (name, _) in Written(context))
            CheckSource($"datasets.{name}", context);
        CheckNames(draft, context);
    }

    /// <summary>The datasets that are written, wrong ones included.</summary>
    public static IEnumerable<(string Name, MappingNode Source)> Written(ReadingContext context) =>
        context.NodeAt("datasets") is MappingNode datasets
            ? datasets.Entries.Where(entry => entry.Value is MappingNode).Select(entry => (entry.Key.Text, (MappingNode)entry.Value)).DistinctBy(entry => entry.Text)
            : [];

    private static void CheckSource(string path, ReadingContext context)
    {
        var hasPath = context.NodeAt($"{path}.path") is not null;
        var isSynthetic = context.NodeAt($"{path}.synthetic") is not null;
        if (hasPath && isSynthetic)
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, $"{path} has both \"path\" and \"synthetic\"; keep one of them", $"{path}.synthetic");
        else if (!hasPath && !isSynthetic)
            context.ErrorAtKey(DefinitionDiagnostics.MissingKey, $"{path} has neither \"path\" nor \"synthetic\"; give one of them", path);
        if (hasPath && !isSynthetic && context.NodeAt($"{path}.samples") is not null)
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, $"{path}.samples is for synthetic datasets only", $"{path}.samples");
    }

    private static void CheckNames(ExperimentDefinition draft, ReadingContext context)
    {
        var isDeclared = context.NodeAt("datasets") is not null;
        var isTorchSharp = TaskChecks.TaskOf(context) == TaskKind.TorchSharp;
        if (!isDeclared && !isTorchSharp)
            return; // a script knows its own datasets
        var declared = context.NodeAt("datasets") is MappingNode datasets ? datasets.Entries.Select(entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal) : [];
        var used = Used(context).ToList();
        foreach (var name in used.Where(name => !declared.Contains(name.Text)))
            context.Error(
                DefinitionDiagnostics.UnknownDataset,
                isDeclared
                    ? $"the dataset {ScalarNode.Quote(name.Text)} is not declared{Spelling.Suggestion(name.Text, "datasets", declared)}"
                    : $"the dataset {ScalarNode.Quote(name.Text)} is not declared; add it under datasets",
                name);
        if (used.Count == 0 && isTorchSharp && draft.Train is TorchSharpTask { Task: { } task } && TorchSharpTask.BuiltIn.Contains(task)
            && context.NodeAt("matrix") is MappingNode && context.NodeAt(AxisPath) is null)
            context.ErrorAtKey(DefinitionDiagnostics.MissingKey, $"the task {task} needs the axis \"{AxisNames.Dataset}\" with names of datasets", "matrix");
    }

    private static IEnumerable<ScalarNode> Used(ReadingContext context)
    {
        var onAxis = context.NodeAt(AxisPath) is SequenceNode axis ? axis.Items.OfType<ScalarNode>() : [];
        var included = context.NodeAt("matrix.include") is SequenceNode include
            ? include.Items.OfType<MappingNode>().SelectMany(entry => entry.Entries).Where(value => value.Key.Text == AxisNames.Dataset).Select(value => value.Value).OfType<ScalarNode>()
            : [];
        return onAxis.Concat(included).Where(name => !name.IsNull);
    }
}
