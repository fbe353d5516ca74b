using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Engine.Trainers;

/// <summary>Replaces <c>{axis}</c> by the configuration's value. Other braces stay as they are: JSON, a shell's <c>${NAME}</c> and a template's <c>{{name}}</c> need no escape.</summary>
public static partial class AxisTemplate
{
    /// <summary>The name, besides axes, that stands for the dataset's folder.</summary>
    public const string DatasetPath = "dataset_path";

    /// <summary>Settings of the definition that stand where no axis has their name.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["batch_size", "steps", "warmup_steps", "seed"];

    /// <summary>Fills a template.</summary>
    /// <param name="template">Text with <c>{axis}</c>.</param>
    /// <param name="trial">The trial whose values are used.</param>
    public static string Fill(string template, TrialContext trial) =>
        template.Contains('{', StringComparison.Ordinal) ? Placeholder().Replace(template, match => Value(match, trial)) : template;

    private static string Value(Match match, TrialContext trial)
    {
        var name = match.Groups[1].Value;
        if (trial.Trial.Configuration.Values.TryGetValue(name, out var value))
            return value.Text;
        var train = trial.Definition.Train;
        return name switch
        {
            DatasetPath => trial.DatasetFolder ?? match.Value,
            "batch_size" => Text(train.BatchSize),
            "steps" => Text(train.Steps),
            "warmup_steps" => Text(train.WarmupSteps),
            "seed" => Text(trial.Definition.Seed),
            _ => match.Value,
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![$\{])\{([A-Za-z_][A-Za-z0-9_.-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
