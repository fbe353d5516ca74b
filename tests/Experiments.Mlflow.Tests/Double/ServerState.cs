using System.Globalization;
using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>What a server keeps. It outlives a restart of the double.</summary>
internal sealed class ServerState
{
    public Lock Gate { get; } = new();

    public OrderedDictionary<string, ServerExperiment> Experiments { get; } = new()
    {
        ["0"] = new ServerExperiment { Id = "0", Name = "Default", ArtifactLocation = "mlflow-artifacts:/0" },
    };

    /// <summary>The number of the next experiment; ids of experiments that were lost are not given again.</summary>
    public int NextExperimentId { get; set; } = 1;

    public OrderedDictionary<string, ServerRun> Runs { get; } = [];

    /// <summary>Lists artifacts in a folder of the store, with a prefix before each name.</summary>
    public required Func<string, string, System.Text.Json.Nodes.JsonObject> ListArtifacts { get; init; }

    public ServerExperiment Experiment(string id, MlflowVersion version)
    {
        if (version == MlflowVersion.V311 && !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw ServerFault.Invalid($"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
        }

        return Experiments.TryGetValue(id, out var experiment) ? experiment : throw ServerFault.NotFound($"No Experiment with id={id} exists");
    }

    public ServerRun Run(string id)
    {
        if (id.Length is 0 or > 256 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '<' or '>'))
        {
            throw ServerFault.WrongValue("run_id");
        }

        return Runs.TryGetValue(id, out var run) ? run : throw ServerFault.NotFound($"Run with id={id} not found");
    }

    public ServerRun ActiveRun(string id)
    {
        var run = Run(id);
        return run.Stage == "active"
            ? run
            : throw ServerFault.Invalid($"The run {id} must be in the 'active' state. Current state is {run.Stage}.");
    }
}

internal sealed class ServerExperiment
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string ArtifactLocation { get; init; }

    public string Stage { get; set; } = "active";

    public OrderedDictionary<string, string> Tags { get; } = [];
}

internal sealed class ServerRun
{
    public required string Id { get; init; }

    public required string ExperimentId { get; init; }

    public required string Name { get; set; }

    public required string User { get; init; }

    public required long StartTime { get; init; }

    public string Status { get; set; } = "RUNNING";

    public long? EndTime { get; set; }

    public string Stage { get; set; } = "active";

    public required string ArtifactUri { get; init; }

    public OrderedDictionary<string, string> Tags { get; } = [];

    public OrderedDictionary<string, string> Params { get; } = [];

    public OrderedDictionary<string, MetricPoint> Latest { get; } = [];

    public HashSet<MetricPoint> Points { get; } = [];

    public List<DatasetInput> Inputs { get; } = [];
}
