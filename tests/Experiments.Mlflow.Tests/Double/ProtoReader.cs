using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>
/// Reads JSON into a request as servers do: fields in the order in which they come, and at the first value of a wrong type the reading stops
/// without a word, so that all that follows is lost.
/// </summary>
internal static class ProtoReader
{
    public static ProtoMessage Read(JsonObject json, ProtoType.Message type)
    {
        var message = new ProtoMessage();
        _ = TryRead(json, type, message);
        return message;
    }

    private static bool TryRead(JsonObject json, ProtoType.Message type, ProtoMessage into)
    {
        foreach (var (name, value) in json)
        {
            if (value is null || !type.Fields.TryGetValue(name, out var fieldType))
            {
                continue;
            }

            if (!TryReadField(name, value, fieldType, into))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadField(string name, JsonNode value, ProtoType type, ProtoMessage into)
    {
        switch (type)
        {
            case ProtoType.Repeated { Item: var item }:
                return value is JsonArray array && array.All(element => TryReadItem(element, item, into.List(name)));
            case ProtoType.Message message:
                var child = new ProtoMessage();
                into.Set(name, child);
                return value is JsonObject json && TryRead(json, message, child);
            default:
                if (Scalar(value, type) is not { } scalar)
                {
                    return false;
                }

                into.Set(name, scalar);
                return true;
        }
    }

    private static bool TryReadItem(JsonNode? element, ProtoType type, List<object> list)
    {
        if (type is ProtoType.Message message)
        {
            // The item is there before it is read, and stays with what was understood of it.
            var child = new ProtoMessage();
            list.Add(child);
            return element is JsonObject json && TryRead(json, message, child);
        }

        if (element is null || Scalar(element, type) is not { } scalar)
        {
            return false;
        }

        list.Add(scalar);
        return true;
    }

    public static object? Scalar(JsonNode node, ProtoType type)
    {
        var kind = node.GetValueKind();
        if (type is ProtoType.Enumeration names)
        {
            return kind switch
            {
                JsonValueKind.String => names.Names.Contains(node.GetValue<string>()) ? node.GetValue<string>() : null,
                JsonValueKind.Number => names.Names.ElementAtOrDefault(node.GetValue<int>() - 1),
                _ => null,
            };
        }

        return ((ProtoType.Scalar)type).Kind switch
        {
            "text" => kind == JsonValueKind.String ? node.GetValue<string>() : null,
            "integer" => Integer(node, kind),
            _ => Real(node, kind),
        };
    }

    private static object? Integer(JsonNode node, JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => long.TryParse(node.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null,
        JsonValueKind.Number => Double(node) is var number && number == Math.Floor(number) ? (long)number : null,
        _ => null,
    };

    private static double? Real(JsonNode node, JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => RealOf(node.GetValue<string>()),
        JsonValueKind.Number => Double(node),
        JsonValueKind.True => 1d,
        JsonValueKind.False => 0d,
        _ => null,
    };

    /// <summary>A number in a string. A bare NaN or Infinity in the JSON comes as <see cref="LenientJson"/>'s marks and is not understood.</summary>
    public static double? RealOf(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" or "inf" => double.PositiveInfinity,
        "-Infinity" or "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null,
    };

    private static double Double(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
}
