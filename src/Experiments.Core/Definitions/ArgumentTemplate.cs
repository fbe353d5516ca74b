using System.Text.RegularExpressions;

namespace Experiments.Core.Definitions;

/// <summary>
/// Arguments, commands and environment values with placeholders: <c>{num_workers}</c> is an axis of the matrix or one of
/// <see cref="SettingNames"/>. <c>{{name}}</c> means <c>{name}</c> itself; <c>${NAME}</c> and braces around anything
/// else (JSON, <c>{loss:.3f}</c>) stay as they are.
/// </summary>
public static partial class ArgumentTemplate
{
    /// <summary>Placeholders besides the axes. An axis of the same name goes first.</summary>
    /// <remarks><c>dataset_path</c> is the folder of the configuration's dataset; the others are the keys of <c>train</c> and <c>seed</c>.</remarks>
    public static IReadOnlyList<string> SettingNames { get; } = ["dataset_path", "batch_size", "steps", "warmup_steps", "device", "seed"];

    /// <summary>The placeholders of a template with the place of each in it.</summary>
    /// <param name="template">The template.</param>
    public static IReadOnlyList<(string Name, int Index)> Placeholders(string template) =>
        [.. Placeholder().Matches(template).Where(match => match.Groups["name"].Success).Select(match => (match.Groups["name"].Value, match.Index))];

    /// <summary>The text with every placeholder replaced.</summary>
    /// <param name="template">The template.</param>
    /// <param name="valueOf">The value of a name; null leaves the placeholder as it is.</param>
    public static string Expand(string template, Func<string, string?> valueOf) =>
        Placeholder().Replace(template, match => match.Groups["name"] is { Success: true } name
            ? valueOf(name.Value) ?? match.Value
            : match.Value[1..^1]);

    [GeneratedRegex(@"\{\{[A-Za-z_][A-Za-z0-9_.-]*\}\}|(?<!\$)\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
