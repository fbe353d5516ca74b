using System.Globalization;
using System.Security.Cryptography;

namespace Experiments.Engine.Sweeps;

/// <summary>Names of sweeps: UTC time and four random digits, so that they sort by time and two started at once differ.</summary>
public static class SweepId
{
    /// <summary>A new name such as <c>20260131-235959-0f3a</c>.</summary>
    /// <param name="time">The clock.</param>
    public static string Create(TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetInt32(0x10000):x4}");

    /// <summary>A name for one start of a sweep: the sweep's, and eight random digits.</summary>
    /// <param name="sweepId">The sweep.</param>
    internal static string CreateRun(string sweepId) => $"{sweepId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
