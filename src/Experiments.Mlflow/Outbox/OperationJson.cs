using System.Text.Json.Serialization;

namespace Experiments.Mlflow.Outbox;

/// <summary>How operations are written to disk: one a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(RejectedOperation))]
[JsonSerializable(typeof(SpoolPosition))]
internal sealed partial class OperationJson : JsonSerializerContext;

/// <summary>An operation that the store refused, with its reason.</summary>
internal sealed record RejectedOperation(string Error, Operation Operation);

/// <summary>The first byte that is not sent yet.</summary>
internal readonly record struct SpoolPosition(long Segment, long Offset);
