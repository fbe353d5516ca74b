using System.Text.Json.Nodes;
using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The calls that concern runs, but for logging and searching.</summary>
internal sealed class RunCalls(ServerState state, MlflowVersion version)
{
    public JsonObject Create(ProtoMessage request)
    {
        if (!request.Has("experiment_id"))
        {
            throw ServerFault.BadRequest("(raised as a result of Query-invoked autoflush)");
        }

        var experiment = state.Experiment(request.Text("experiment_id"), version);
        if (experiment.Stage != "active")
        {
            throw ServerFault.Invalid($"The experiment {experiment.Id} must be in the 'active' state.");
        }

        var tags = request.Children("tags").Select(tag => (Key: tag.Text("key"), Value: tag.Text("value"))).ToList();
        var tagName = tags.LastOrDefault(tag => tag.Key == MlflowTags.RunName).Value;
        var name = request.TextOrNull("run_name");
        if (name is not null && tagName is not null && name != tagName)
        {
            throw ServerFault.Invalid("Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values");
        }

        var id = Guid.NewGuid().ToString("N");
        var run = new ServerRun
        {
            Id = id,
            ExperimentId = experiment.Id,
            Name = name ?? tagName ?? $"fancy-fox-{state.Runs.Count}",
            User = request.Text("user_id"),
            StartTime = request.Integer("start_time"),
            ArtifactUri = $"{experiment.ArtifactLocation}/{id}/artifacts",
        };
        foreach (var (key, value) in tags)
        {
            run.Tags[key] = value;
        }

        run.Tags[MlflowTags.RunName] = run.Name;
        state.Runs.Add(id, run);
        return new JsonObject { ["run"] = ServerJson.Run(run, version, created: true) };
    }

    public JsonObject Get(ProtoMessage request) =>
        new() { ["run"] = ServerJson.Run(state.Run(request.TextOrNull("run_id") ?? request.Text("run_uuid")), version) };

    public JsonObject Update(ProtoMessage request)
    {
        var run = state.ActiveRun(request.TextOrNull("run_id") ?? request.Text("run_uuid"));
        run.Status = request.TextOrNull("status") ?? run.Status;
        if (request.Has("end_time"))
        {
            run.EndTime = request.Integer("end_time");
        }

        if (request.TextOrNull("run_name") is { Length: > 0 } name)
        {
            run.Name = name;
            run.Tags[MlflowTags.RunName] = name;
        }

        return new JsonObject { ["run_info"] = ServerJson.Info(run) };
    }

    public JsonObject SetStage(ProtoMessage request, string stage)
    {
        state.Run(request.Text("run_id")).Stage = stage;
        return [];
    }

    public JsonObject DeleteTag(ProtoMessage request)
    {
        var run = state.ActiveRun(request.Text("run_id"));
        return run.Tags.Remove(request.Text("key"))
            ? []
            : throw ServerFault.NotFound($"No tag with name: {request.Text("key")} in run with id {run.Id}");
    }

    public JsonObject LogInputs(ProtoMessage request)
    {
        var run = state.ActiveRun(request.Text("run_id"));
        foreach (var input in request.Children("datasets"))
        {
            var dataset = input.Child("dataset") ?? throw ServerFault.MissingValue("dataset");
            if (dataset.Text("digest").Length > 36)
            {
                throw ServerFault.Invalid("'digest' exceeds the maximum length of 36 characters");
            }

            if (run.Inputs.All(other => (other.Name, other.Digest) != (dataset.Text("name"), dataset.Text("digest"))))
            {
                run.Inputs.Add(new DatasetInput
                {
                    Name = dataset.Text("name"),
                    Digest = dataset.Text("digest"),
                    SourceType = dataset.Text("source_type"),
                    Source = dataset.Text("source"),
                    Schema = dataset.TextOrNull("schema"),
                    Profile = dataset.TextOrNull("profile"),
                    Context = input.Children("tags").FirstOrDefault(tag => tag.Text("key") == "mlflow.data.context")?.Text("value"),
                });
            }
        }

        return [];
    }
}
