using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Core.Definitions;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>Reads sizes, durations, percentages and dates. All give null for text that is none.</summary>
internal static partial class Quantities
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["B"] = 1,
        ["kB"] = 1e3,
        ["KB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["TB"] = 1e12,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
    };

    private static readonly Dictionary<string, double> Seconds = new(StringComparer.Ordinal)
    {
        ["d"] = 86400,
        ["h"] = 3600,
        ["m"] = 60,
        ["s"] = 1,
        ["ms"] = 1e-3,
    };

    /// <summary>Bytes of <c>12GiB</c>, <c>500MB</c>, <c>1.5 GiB</c>.</summary>
    public static double? Bytes(string text) =>
        Size().Match(text) is { Success: true } match ? Number(match.Groups[1]) * Units[match.Groups[2].Value] : null;

    /// <summary>Bytes a step of <c>1MiB/step</c>.</summary>
    public static double? BytesPerStep(string text) => text.EndsWith("/step", StringComparison.Ordinal) ? Bytes(text[..^"/step".Length].TrimEnd()) : null;

    /// <summary>Percent of <c>5%</c>, and of the fraction <c>0.05</c>, which is at most 1.</summary>
    public static double? Percent(string text)
    {
        if (Percentage().Match(text) is { Success: true } match)
            return Number(match.Groups[1]);
        return Fraction().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is <= 1 and var fraction ? (double)((decimal)fraction * 100) : null;
    }

    /// <summary><c>12GiB</c> or <c>80%</c>.</summary>
    public static MemoryLimit? Memory(string text)
    {
        if (text.EndsWith('%'))
            return Percent(text) is { } percent ? new MemoryLimit(null, percent) : null;
        return Bytes(text) is { } bytes ? new MemoryLimit(bytes >= long.MaxValue ? long.MaxValue : (long)bytes, null) : null;
    }

    /// <summary><c>15m</c>, <c>90s</c>, <c>1h30m</c>, <c>1.5h</c>; units from large to small, each once.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text.Length == 0 || Time().Match(text) is not { Success: true } match)
            return null;
        var seconds = 0.0;
        for (var part = 1; part < match.Groups.Count; part += 2)
            if (match.Groups[part].Success)
                seconds += Number(match.Groups[part]) * Seconds[match.Groups[part + 1].Value];
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    /// <summary><c>2027-01-31</c>.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static double Number(Group digits) => double.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?) ?(B|[kKMGT]B|[KMGT]iB)\z")]
    private static partial Regex Size();

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?) ?%\z")]
    private static partial Regex Percentage();

    [GeneratedRegex(@"\A[0-9]*\.?[0-9]+\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(?:([0-9]+(?:\.[0-9]+)?)(d))?(?:([0-9]+(?:\.[0-9]+)?)(h))?(?:([0-9]+(?:\.[0-9]+)?)(m))?(?:([0-9]+(?:\.[0-9]+)?)(s))?(?:([0-9]+(?:\.[0-9]+)?)(ms))?\z")]
    private static partial Regex Time();
}
