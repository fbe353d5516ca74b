using System.Text.Json.Serialization;

namespace Experiments.Mlflow;

/// <summary>The generated (de)serializers.</summary>
[JsonSerializable(typeof(List<string>))]
internal sealed partial class MlflowJson : JsonSerializerContext;
