using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Experiments.Core.Events;

/// <summary>The JSON lines of the run contract: written by trials, read by the engine.</summary>
public static class TrialEventJson
{
    /// <summary>The version that the first line of a file carries.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Reads one line. Unknown fields are skipped; an unknown type or a torn line gives null.</summary>
    /// <param name="line">The line without its end.</param>
    public static TrialEvent? Read(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return null;
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // a torn last line, a text that is no UTF-8 or no UTF-16 (a lone surrogate), or something that is not ours
        }
    }

    /// <summary>One event as a line without its end.</summary>
    /// <param name="value">The event.</param>
    /// <param name="first">Whether it is the file's first line, which carries the schema version.</param>
    public static string Write(TrialEvent value, bool first = false)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (first)
                writer.WriteNumber("schemaVersion", SchemaVersion);
            WriteFields(writer, value);
            if (value.Time is { } time)
                writer.WriteNumber("t", Math.Round(time, 6));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static TrialEvent? Read(JsonElement line) => Text(line, "type") switch
    {
        "step" when Number(line, "step") is { } step && Number(line, "step_s") is { } seconds =>
            new StepEvent((int)step, (int)(Number(line, "samples") ?? 0), Number(line, "wait_s") ?? 0, seconds, Number(line, "t")),
        "batch" when Number(line, "step") is { } step && Number(line, "step_s") is { } seconds =>
            new BatchEvent((int)step, (int)(Number(line, "samples") ?? 0), Number(line, "wait_s") ?? 0, seconds, Number(line, "t")),
        "metric" when Text(line, "name") is { Length: > 0 } name && Number(line, "value") is { } value =>
            new MetricEvent(name, value, (int?)Number(line, "step"), Number(line, "t")),
        "phase" when Text(line, "name") is { Length: > 0 } name =>
            new PhaseEvent(name, Details(line), Number(line, "t")),
        _ => null,
    };

    private static void WriteFields(Utf8JsonWriter writer, TrialEvent value)
    {
        switch (value)
        {
            case StepEvent step:
                WriteStep(writer, "step", step);
                break;
            case BatchEvent batch:
                WriteStep(writer, "batch", batch.AsStep());
                break;
            case MetricEvent metric:
                writer.WriteString("type", "metric");
                writer.WriteString("name", metric.Name);
                if (double.IsFinite(metric.Value))
                    writer.WriteNumber("value", metric.Value);
                else
                    writer.WriteString("value", metric.Value.ToString(CultureInfo.InvariantCulture));
                if (metric.Step is { } at)
                    writer.WriteNumber("step", at);
                break;
            case PhaseEvent phase:
                writer.WriteString("type", "phase");
                writer.WriteString("name", phase.Name);
                foreach (var (key, text) in phase.Details)
                    writer.WriteString(key, text);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not an event of the run contract.");
        }
    }

    private static void WriteStep(Utf8JsonWriter writer, string type, StepEvent step)
    {
        writer.WriteString("type", type);
        writer.WriteNumber("step", step.Step);
        writer.WriteNumber("samples", step.Samples);
        writer.WriteNumber("wait_s", step.WaitSeconds);
        writer.WriteNumber("step_s", step.StepSeconds);
    }

    private static Dictionary<string, string> Details(JsonElement line)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in line.EnumerateObject())
            if (field.Name is not ("type" or "name" or "t" or "schemaVersion"))
                details[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
        return details;
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    private static double? Number(JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out var field))
            return null;
        if (field.ValueKind == JsonValueKind.Number)
            return field.GetDouble();
        return field.ValueKind == JsonValueKind.String
            && double.TryParse(field.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
