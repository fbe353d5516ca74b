using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Core;

namespace Experiments.Slurm.Batches;

/// <summary>How launcher and nodes write to each other: as everything else of a sweep is written.</summary>
[JsonSerializable(typeof(SlurmBatch))]
[JsonSerializable(typeof(NodeStart))]
[JsonSerializable(typeof(NodeResult))]
[JsonSerializable(typeof(JobStart))]
[JsonSerializable(typeof(JobEnd))]
[JsonSerializable(typeof(LostTask))]
internal sealed partial class SlurmJson : JsonSerializerContext
{
    /// <summary>Indented.</summary>
    public static SlurmJson Indented { get; } = new(new JsonSerializerOptions(ExperimentsJson.Indented.Options) { TypeInfoResolver = null });
}
