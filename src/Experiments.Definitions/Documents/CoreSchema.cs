using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Core.Matrix;

namespace Experiments.Definitions.Documents;

/// <summary>
/// What unquoted text means by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema): <c>no</c>, <c>on</c> and
/// <c>1:30</c> are text. JSON's scalars are a part of it.
/// </summary>
internal static partial class CoreSchema
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value; null for null, for whole numbers beyond 64 bits and for numbers that are not finite.</summary>
    public static AxisValue? Resolve(string text)
    {
        if (IsNull(text))
            return null;
        if (text is "true" or "True" or "TRUE")
            return AxisValue.Of(true);
        if (text is "false" or "False" or "FALSE")
            return AxisValue.Of(false);
        if (Decimal().IsMatch(text))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? AxisValue.Of(value) : null;
        if (Octal().IsMatch(text))
            return Based(text.AsSpan(2), 8);
        if (Hexadecimal().IsMatch(text))
            return Based(text.AsSpan(2), 16);
        if (Float().IsMatch(text))
            return double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? AxisValue.Of(number) : null;
        return NotFinite().IsMatch(text) ? null : AxisValue.Of(text);
    }

    private static AxisValue? Based(ReadOnlySpan<char> digits, int radix)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            var unit = Convert.ToInt32(digit.ToString(), 16);
            if (value > (long.MaxValue - unit) / radix)
                return null;
            value = (value * radix) + unit;
        }
        return AxisValue.Of(value);
    }

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex NotFinite();
}
