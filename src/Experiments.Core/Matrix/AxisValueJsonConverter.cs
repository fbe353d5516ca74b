using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Core.Matrix;

/// <summary>Writes an axis value as the JSON scalar of its kind.</summary>
internal sealed class AxisValueJsonConverter : JsonConverter<AxisValue>
{
    public override AxisValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => AxisValue.Of(true),
            JsonTokenType.False => AxisValue.Of(false),
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => AxisValue.Of(whole),
            JsonTokenType.Number => AxisValue.Of(reader.GetDouble()),
            JsonTokenType.String => AxisValue.Of(reader.GetString() ?? ""),
            _ => throw new JsonException($"An axis value is a scalar, not {reader.TokenType}."),
        };

    public override void Write(Utf8JsonWriter writer, AxisValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case AxisValueKind.Boolean:
                writer.WriteBooleanValue(value.Text == "true");
                break;
            case AxisValueKind.Integer:
            case AxisValueKind.Number when double.IsFinite(double.Parse(value.Text, CultureInfo.InvariantCulture)):
                writer.WriteRawValue(value.Text);
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
