using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Engine.Definitions.Documents;
using Experiments.Engine.Definitions.Keys;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Definitions.Checks;

/// <summary>
/// Checks that <see cref="AxisTemplate"/> replaces every <c>{placeholder}</c>. <c>${NAME}</c>, <c>{{name}}</c> and braces around
/// anything but a name are nobody's mistake: shells, templates and JSON have them.
/// </summary>
internal static partial class PlaceholderChecks
{
    private static readonly string[] TemplateKeys = ["train.args", "train.command", "train.env", "train.launcher"];

    public static void Check(Section root, ReadingContext context)
    {
        if (root.Of<MatrixDefinition>("matrix") is not { } matrix)
            return;
        string[] folder = context.NodeAt("datasets") is null ? [] : [AxisTemplate.DatasetPath]; // without datasets there is no folder
        string[] names = [.. matrix.Axes.Select(axis => axis.Name).Concat(matrix.Include.SelectMany(entry => entry.Keys)).Concat(folder).Concat(AxisTemplate.Settings).Distinct()];
        foreach (var scalar in Templates(context))
            foreach (var (name, index) in In(scalar.Text))
                if (!names.Contains(name))
                    context.Error(DefinitionDiagnostics.UnknownPlaceholder, $"nothing replaces the placeholder {{{name}}}{Spelling.Suggestion(name, "names", names)}", scalar, index);
    }

    /// <summary>The placeholders of a template with the place of each in it.</summary>
    public static IEnumerable<(string Name, int Index)> In(string template) =>
        Placeholder().Matches(template).Select(match => (match.Groups["name"].Value, match.Index));

    private static IEnumerable<ScalarNode> Templates(ReadingContext context) =>
        TemplateKeys
            .SelectMany(path => context.NodeAt(path) switch
            {
                SequenceNode list => list.Items,
                MappingNode mapping => mapping.Entries.Select(entry => entry.Value),
                _ => [],
            })
            .OfType<ScalarNode>();

    [GeneratedRegex(@"(?<![$\{])\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}(?!\})", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
