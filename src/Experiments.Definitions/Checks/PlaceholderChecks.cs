using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>
/// Checks that <see cref="Placeholders"/> replaces every <c>{placeholder}</c>, in every configuration: none reaches the training as it stands.
/// </summary>
internal static class PlaceholderChecks
{
    private static readonly string[] TemplateKeys = ["train.args", "train.command", "train.env", "train.launcher"];

    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        if (draft.Matrix is not { } matrix)
            return;
        string[] folder = context.NodeAt("datasets") is null ? [] : [Placeholders.DatasetPath]; // without datasets there is no folder
        string[] axes = [.. matrix.Axes.Select(axis => axis.Name)];
        string[] names = [.. axes.Concat(matrix.Include.SelectMany(entry => entry.Keys)).Concat(folder).Concat(Placeholders.Settings).Distinct()];
        string[] everywhere = [.. axes, .. Placeholders.Settings];
        var configurations = new Lazy<IReadOnlyList<Configuration>>(() => MatrixExpansion.CountProduct(matrix) <= Planner.MaxTrials ? MatrixExpansion.Expand(matrix) : []);
        foreach (var scalar in Templates(context))
        {
            foreach (var (name, index) in Placeholders.In(scalar.Text))
            {
                var needed = name == Placeholders.DatasetPath && folder.Length > 0 ? AxisNames.Dataset : name;
                if (!names.Contains(name))
                    context.Error(DefinitionDiagnostics.UnknownPlaceholder, $"nothing replaces the placeholder {{{name}}}{Spelling.Suggestion(name, "names", names)}", scalar, index);
                else if (!everywhere.Contains(needed) && configurations.Value.FirstOrDefault(one => !one.Values.ContainsKey(needed)) is { } without)
                    context.Error(DefinitionDiagnostics.UnknownPlaceholder, $"nothing replaces the placeholder {{{name}}} at {without.Name}: not every configuration has {needed}", scalar, index);
            }
        }
    }

    private static IEnumerable<ScalarNode> Templates(ReadingContext context) =>
        TemplateKeys
            .SelectMany(path => context.NodeAt(path) switch
            {
                SequenceNode list => list.Items,
                MappingNode mapping => mapping.Entries.Select(entry => entry.Value),
                _ => [],
            })
            .OfType<ScalarNode>();
}
