using System.Globalization;
using System.Text.Json.Serialization;

namespace Experiments.Core.Matrix;

/// <summary>One value of an axis. Two values are equal when their canonical text is, whatever their kind.</summary>
[JsonConverter(typeof(AxisValueJsonConverter))]
public readonly record struct AxisValue
{
    private readonly string? text; // null only in a default value

    private AxisValue(string text, AxisValueKind kind) => (this.text, Kind) = (text, kind);

    /// <summary>The value in invariant notation: <c>4</c>, <c>0.5</c>, <c>true</c>, <c>MELD-DA</c>; empty for a default value.</summary>
    public string Text => text ?? "";

    /// <summary>The kind it was written as.</summary>
    public AxisValueKind Kind { get; }

    /// <summary>A text value.</summary>
    public static AxisValue Of(string text) => new(text, AxisValueKind.Text);

    /// <summary>A whole number.</summary>
    public static AxisValue Of(long value) => new(value.ToString(CultureInfo.InvariantCulture), AxisValueKind.Integer);

    /// <summary>A number, in the shortest notation that reads back the same.</summary>
    public static AxisValue Of(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), AxisValueKind.Number);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static AxisValue Of(bool value) => new(value ? "true" : "false", AxisValueKind.Boolean);

    /// <summary>The value as a whole number, or null when it is none.</summary>
    public long? AsInteger() =>
        long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value as <c>true</c> or <c>false</c>, or null when it is neither.</summary>
    public bool? AsBoolean() => Text switch { "true" => true, "false" => false, _ => null };

    /// <inheritdoc />
    public bool Equals(AxisValue other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
