using System.Globalization;

namespace Experiments.Analysis.Text;

/// <summary>Figures as people read them, in invariant notation.</summary>
public static class Quantity
{
    private const double Mebibyte = 1024 * 1024;

    private const double Gibibyte = 1024 * Mebibyte;

    /// <summary><c>9.1 GiB</c>, <c>812 MiB</c>, <c>0.05 MiB</c>.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Bytes(double bytes) => Bytes(bytes, bytes, 0);

    /// <summary>Two amounts in the same unit, with as many digits as it takes to tell them apart.</summary>
    /// <param name="first">Bytes.</param>
    /// <param name="second">Bytes.</param>
    public static (string First, string Second) Bytes(double first, double second)
    {
        var larger = Math.Max(Math.Abs(first), Math.Abs(second));
        for (var digits = 0; ; digits++)
        {
            var texts = (Bytes(first, larger, digits), Bytes(second, larger, digits));
            if (texts.Item1 != texts.Item2 || first.Equals(second) || digits == 6)
                return texts;
        }
    }

    /// <summary><c>4.2 %</c>; negative stays negative.</summary>
    /// <param name="percent">Percent.</param>
    public static string Percent(double percent) => percent.ToString(Math.Abs(percent) < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Samples a second with three or four digits: <c>812</c>, <c>63.4</c>, <c>0.512</c>.</summary>
    /// <param name="samplesPerSecond">Samples a second.</param>
    public static string Rate(double samplesPerSecond) => samplesPerSecond.ToString(
        samplesPerSecond switch { >= 99.95 => "0", >= 9.995 => "0.0", _ => "0.###" }, CultureInfo.InvariantCulture);

    /// <summary>A figure of unknown unit with four digits: <c>0.4823</c>, <c>12.5</c>, <c>81200</c>, <c>1.2E-07</c>.</summary>
    /// <param name="value">The figure.</param>
    public static string Figure(double value) => Figure(value, 4);

    /// <summary>Two figures with as many digits as it takes to tell them apart, at least four.</summary>
    /// <param name="first">A figure.</param>
    /// <param name="second">Another.</param>
    public static (string First, string Second) Figures(double first, double second)
    {
        for (var digits = 4; ; digits++)
        {
            var texts = (Figure(first, digits), Figure(second, digits));
            if (texts.Item1 != texts.Item2 || first.Equals(second) || digits == 15)
                return texts;
        }
    }

    /// <summary>A count with its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Figure(double value, int digits)
    {
        var size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e15))
            return value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var decimals = size == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 15);
        return value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    private static string Bytes(double bytes, double scale, int moreDigits)
    {
        var (unit, name, digits) = Math.Abs(scale) switch
        {
            >= Gibibyte => (Gibibyte, "GiB", 1),
            >= 100 * Mebibyte => (Mebibyte, "MiB", 0),
            >= Mebibyte => (Mebibyte, "MiB", 1),
            _ => (Mebibyte, "MiB", 2),
        };
        return (bytes / unit).ToString("F" + (digits + moreDigits).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + name;
    }
}
