using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Engine.Definitions.Documents;
using Experiments.Engine.Definitions.Keys;

namespace Experiments.Engine.Definitions.Checks;

/// <summary>Checks that something replaces every <c>{placeholder}</c>.</summary>
internal static class PlaceholderChecks
{
    private static readonly string[] TemplateKeys = ["train.args", "train.command", "train.env"];

    public static void Check(Section root, ReadingContext context)
    {
        if (root.Of<MatrixDefinition>("matrix") is not { } matrix)
            return;
        string[] names = [.. matrix.Axes.Select(axis => axis.Name).Concat(matrix.Include.SelectMany(entry => entry.Keys)).Concat(ArgumentTemplate.SettingNames).Distinct()];
        foreach (var scalar in Templates(context))
            foreach (var (name, index) in ArgumentTemplate.Placeholders(scalar.Text))
                if (!names.Contains(name))
                    context.Error(DefinitionDiagnostics.UnknownPlaceholder, $"nothing replaces the placeholder {{{name}}}{Spelling.Suggestion(name, "names", names)}", scalar, index);
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
