using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Core.Definitions;

namespace Experiments.Definitions.Keys;

/// <summary>Reads and writes sizes, durations, percentages and dates. Readers give null for text that is none; what is written is read as the same.</summary>
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

    /// <summary>As <see cref="Bytes"/>, whole.</summary>
    public static long? WholeBytes(string text) => Bytes(text) is { } bytes ? bytes >= long.MaxValue ? long.MaxValue : (long)bytes : null;

    /// <summary><c>12GiB</c>: in the largest binary unit of which there is a whole number.</summary>
    public static string Size(double bytes)
    {
        foreach (var unit in new[] { "TiB", "GiB", "MiB", "KiB" })
            if (bytes >= Units[unit] && bytes % Units[unit] == 0)
                return Plain(bytes / Units[unit]) + unit;
        return Plain(bytes) + "B";
    }

    /// <summary>Bytes a step of <c>1MiB/step</c>.</summary>
    public static double? BytesPerStep(string text) => text.EndsWith("/step", StringComparison.Ordinal) ? Bytes(text[..^"/step".Length].TrimEnd()) : null;

    /// <summary>Percent of <c>5%</c>, and of the fraction <c>0.05</c>, which is at most 1.</summary>
    public static double? Percent(string text)
    {
        if (Percentage().Match(text) is { Success: true } match)
            return Number(match.Groups[1]);
        return Fraction().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is <= 1 and var fraction ? (double)((decimal)fraction * 100) : null;
    }

    /// <summary><c>5%</c>.</summary>
    public static string Percent(object percent) => Plain((double)percent) + "%";

    /// <summary>0.05 of <c>5%</c> and of <c>0.05</c>.</summary>
    public static double? Fraction(string text) =>
        Percentage().Match(text) is { Success: true } match ? Number(match.Groups[1]) / 100 : Percent(text) is null ? null : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary><c>5%</c>, or <c>0.0512345</c> where the share has no short percentage.</summary>
    public static string Fraction(double fraction) => Percent((double)((decimal)fraction * 100)) is var percent && Fraction(percent) == fraction ? percent : Plain(fraction);

    /// <summary><c>12GiB</c> or <c>80%</c>.</summary>
    public static string Memory(object limit) => ((MemoryLimit)limit).Percent is { } percent ? Percent(percent) : Size(((MemoryLimit)limit).Bytes ?? 0);

    /// <summary><c>12GiB</c> or <c>80%</c>.</summary>
    public static MemoryLimit? Memory(string text)
    {
        if (text.EndsWith('%'))
            return Percent(text) is { } percent ? new MemoryLimit(null, percent) : null;
        return WholeBytes(text) is { } bytes ? new MemoryLimit(bytes, null) : null;
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
        return seconds < TimeSpan.MaxValue.TotalSeconds - 1 ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : TimeSpan.MaxValue;
    }

    /// <summary><c>15m</c>, <c>2h</c>, or <c>90.5s</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerHour == 0 ? FormattableString.Invariant($"{time.Ticks / TimeSpan.TicksPerHour}h")
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? FormattableString.Invariant($"{time.Ticks / TimeSpan.TicksPerMinute}m")
        : FormattableString.Invariant($"{(decimal)time.Ticks / TimeSpan.TicksPerSecond:0.#######}s");

    /// <summary>0.5 of <c>0.5</c>, <c>-3</c>, <c>1e-3</c>; no infinity.</summary>
    public static double? Number(string text) =>
        Decimal().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    /// <summary><c>2027-01-31</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2027-01-31</c>.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Digits that are read as the same number, without an exponent.</summary>
    public static string Plain(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? number.ToString("F400", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.') : text;
    }

    private static double Number(Group digits) => double.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?) ?(B|[kKMGT]B|[KMGT]iB)\z")]
    private static partial Regex Size();

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?) ?%\z")]
    private static partial Regex Percentage();

    [GeneratedRegex(@"\A-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A[0-9]*\.?[0-9]+\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(?:([0-9]+(?:\.[0-9]+)?)(d))?(?:([0-9]+(?:\.[0-9]+)?)(h))?(?:([0-9]+(?:\.[0-9]+)?)(m))?(?:([0-9]+(?:\.[0-9]+)?)(s))?(?:([0-9]+(?:\.[0-9]+)?)(ms))?\z")]
    private static partial Regex Time();
}
