using System.Text.RegularExpressions;

namespace Experiments.Core.Definitions;

/// <summary>
/// <c>{axis}</c> in an argument, which a configuration's value replaces, beside another brace too: <c>{"lr": {lr}}</c>. Other braces stay as they are:
/// JSON, a shell's <c>${NAME}</c> and a template's <c>{{name}}</c> need no escape.
/// </summary>
public static partial class Placeholders
{
    /// <summary>The name, besides axes, that stands for the dataset's folder.</summary>
    public const string DatasetPath = "dataset_path";

    /// <summary>The name, besides axes, that stands for a folder of the trial's own: the one whose files become artifacts.</summary>
    public const string TrialFolder = "trial_dir";

    /// <summary>What stands where no axis has its name: settings of the definition, and the trial's folder.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["batch_size", "steps", "warmup_steps", "seed", TrialFolder];

    /// <summary>The placeholders of a template, with the place of each in it.</summary>
    /// <param name="template">Text with <c>{axis}</c>.</param>
    public static IEnumerable<(string Name, int Index)> In(string template) =>
        Placeholder().Matches(template).Select(match => (match.Groups["name"].Value, match.Index));

    /// <summary>Replaces the placeholders of a template.</summary>
    /// <param name="template">Text with <c>{axis}</c>.</param>
    /// <param name="valueOf">The value of a name; null leaves the placeholder as it stands.</param>
    public static string Fill(string template, Func<string, string?> valueOf) =>
        template.Contains('{', StringComparison.Ordinal) ? Placeholder().Replace(template, match => valueOf(match.Groups["name"].Value) ?? match.Value) : template;

    // {name}, but neither ${name} nor {{name}}: a brace on one side alone belongs to what is around it.
    [GeneratedRegex(@"(?<![$\{])\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}|(?<=\{)\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}(?!\})", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
