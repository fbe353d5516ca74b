using System.Globalization;
using Experiments.Core.Definitions;

namespace Experiments.Engine.Trainers;

/// <summary>Replaces the <see cref="Placeholders"/> of a definition by a trial's values.</summary>
public static class AxisTemplate
{
    /// <summary>Fills a template.</summary>
    /// <param name="template">Text with <c>{axis}</c>.</param>
    /// <param name="trial">The trial whose values are used.</param>
    public static string Fill(string template, TrialContext trial) => Placeholders.Fill(template, name => Value(name, trial));

    private static string? Value(string name, TrialContext trial)
    {
        if (trial.Trial.Configuration.Values.TryGetValue(name, out var value))
            return value.Text;
        var train = trial.Definition.Train;
        return name switch
        {
            Placeholders.DatasetPath => trial.DatasetFolder,
            "batch_size" => Text(train.BatchSize),
            "steps" => Text(trial.Steps),
            "warmup_steps" => Text(train.WarmupSteps),
            "seed" => Text(trial.Definition.Seed),
            Placeholders.TrialFolder => TrialEnvironment.ArtifactsOf(trial),
            _ => null,
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
