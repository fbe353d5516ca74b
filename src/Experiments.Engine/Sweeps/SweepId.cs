using System.Globalization;
using System.Security.Cryptography;

namespace Experiments.Engine.Sweeps;

/// <summary>Names of sweeps: UTC time and four random digits, so that they sort by time and two started at once differ.</summary>
public static class SweepId
{
    private const string Form = "yyyyMMdd-HHmmss";

    /// <summary>A new name such as <c>20260131-235959-0f3a</c>.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="latest">
    /// The latest sweep of the experiment, or null. The new name sorts after it even where the clock was set back or both start in one second: it then has the
    /// latest's time and a second more.
    /// </param>
    public static string Create(TimeProvider time, string? latest = null)
    {
        var now = time.GetUtcNow();
        if (latest is not null && TimeOf(latest) is { } last && now < last.AddSeconds(1))
            now = last.AddSeconds(1);
        return string.Create(CultureInfo.InvariantCulture, $"{now.ToString(Form, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetInt32(0x10000):x4}");
    }

    /// <summary>A name for one start of a sweep: the sweep's, and eight random digits.</summary>
    /// <param name="sweepId">The sweep.</param>
    internal static string CreateRun(string sweepId) => $"{sweepId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>The time that a name says; null for a name that somebody made.</summary>
    /// <param name="sweepId">The sweep.</param>
    internal static DateTimeOffset? TimeOf(string sweepId) =>
        sweepId.Length > Form.Length && DateTimeOffset.TryParseExact(sweepId[..Form.Length], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
