using System.Text.Json.Serialization;

namespace Experiments.Mlflow.Http.Wire;

/// <summary>
/// The generated (de)serializers. NaN and infinities go as the strings that servers know; numbers are taken from strings too,
/// because some servers write 64-bit integers so.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(CreateExperimentRequest))]
[JsonSerializable(typeof(ExperimentIdMessage))]
[JsonSerializable(typeof(ExperimentReply))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchExperimentsReply))]
[JsonSerializable(typeof(RenameExperimentRequest))]
[JsonSerializable(typeof(SetExperimentTagRequest))]
[JsonSerializable(typeof(CreateRunRequest))]
[JsonSerializable(typeof(RunIdMessage))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(UpdateRunRequest))]
[JsonSerializable(typeof(LogBatchRequest))]
[JsonSerializable(typeof(DeleteTagRequest))]
[JsonSerializable(typeof(LogInputsRequest))]
[JsonSerializable(typeof(SearchRunsReply))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(ListArtifactsReply))]
internal sealed partial class MlflowJson : JsonSerializerContext;
