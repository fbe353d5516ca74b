using System.Globalization;
using Experiments.Core.Diagnostics;
using static TorchSharp.torch;

namespace Experiments.Training;

/// <summary>What a task is told: the dataset, the device, the seed, and the settings of the matrix.</summary>
public sealed class TrainingContext
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>Creates a context.</summary>
    /// <param name="settings">Further axes, by name; see <see cref="Setting(string, string)"/>.</param>
    public TrainingContext(IReadOnlyDictionary<string, string> settings) => this.settings = settings;

    /// <summary>The dataset's name, as in the matrix.</summary>
    public required string Dataset { get; init; }

    /// <summary>The dataset's folder.</summary>
    public required string DatasetPath { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>The seed; torch is seeded with it already.</summary>
    public required long Seed { get; init; }

    /// <summary>Settings that no one asked for.</summary>
    internal IEnumerable<string> UnusedSettings => settings.Keys.Except(used, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A further axis of the matrix (<c>--set name=value</c>), or the default.</summary>
    /// <param name="name">The axis's name.</param>
    /// <param name="fallback">The value where the matrix has no such axis.</param>
    public string Setting(string name, string fallback)
    {
        used.Add(name);
        return settings.GetValueOrDefault(name, fallback);
    }

    /// <summary>A further axis as a number, or the default.</summary>
    /// <param name="name">The axis's name.</param>
    /// <param name="fallback">The value where the matrix has no such axis.</param>
    /// <param name="least">The least valid value; default: any.</param>
    /// <param name="most">The greatest valid value; default: any.</param>
    /// <exception cref="TrainingException">The value is no number, or out of range.</exception>
    public double Setting(string name, double fallback, double least = double.MinValue, double most = double.MaxValue)
    {
        used.Add(name);
        if (!settings.TryGetValue(name, out var text))
            return fallback;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw new TrainingException(TrainingDiagnostics.BadSetting, string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; it must be a number such as {fallback}."));
        if (value < least || value > most)
            throw new TrainingException(TrainingDiagnostics.BadSetting, string.Create(CultureInfo.InvariantCulture, $"{name} is {text}; it must be from {least} to {most}."));
        return value;
    }
}
