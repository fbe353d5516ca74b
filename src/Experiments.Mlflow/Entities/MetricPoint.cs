namespace Experiments.Mlflow.Entities;

/// <summary>One point of a metric's curve.</summary>
/// <param name="Key">The name: at most 250 characters of letters, digits, <c>_ - . : /</c> and space.</param>
/// <param name="Value">
/// The value. NaN is kept. MLflow stores an infinity as ±1.7976931348623157e308, and that is what is read back.
/// </param>
/// <param name="TimestampMs">Milliseconds since 1970-01-01 UTC, not negative.</param>
/// <param name="Step">The step, 0 by default; it may be negative.</param>
public readonly record struct MetricPoint(string Key, double Value, long TimestampMs, long Step = 0)
{
    /// <summary>Makes a point at a point in time.</summary>
    /// <param name="key">The metric's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="time">The time; it is kept to the millisecond.</param>
    /// <param name="step">The step.</param>
    /// <returns>The point.</returns>
    public static MetricPoint At(string key, double value, DateTimeOffset time, long step = 0) =>
        new(key, value, time.ToUnixTimeMilliseconds(), step);
}
