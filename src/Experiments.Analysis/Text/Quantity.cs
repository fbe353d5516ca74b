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

    /// <summary>A count with its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

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
