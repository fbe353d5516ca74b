using Experiments.Definitions.Keys;

namespace Experiments.Definitions;

/// <summary>Durations as definitions and command lines write them: <c>15m</c>, <c>90s</c>, <c>1h30m</c>.</summary>
public static class DurationText
{
    /// <summary>The duration; null for text that is none.</summary>
    /// <param name="text">The text.</param>
    public static TimeSpan? Read(string text) => Quantities.Duration(text);

    /// <summary>A text that is read as the same duration.</summary>
    /// <param name="time">The duration.</param>
    public static string Of(TimeSpan time) => Quantities.Duration(time);
}
