using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Mlflow.Search;
using Experiments.Mlflow.Sqlite;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The calls that concern experiments.</summary>
internal sealed class ExperimentCalls(ServerState state, MlflowVersion version)
{
    public JsonObject Create(ProtoMessage request)
    {
        var name = request.Text("name");
        if (name.Length > 500)
        {
            throw ServerFault.Invalid("'name' exceeds the maximum length of 500 characters");
        }

        if (state.Experiments.Values.Any(e => e.Name == name))
        {
            throw ServerFault.Exists($"Experiment(name={name}) already exists.");
        }

        var id = state.NextExperimentId++.ToString(CultureInfo.InvariantCulture);
        var location = request.Text("artifact_location");
        var experiment = new ServerExperiment
        {
            Id = id,
            Name = name,
            ArtifactLocation = location.Length > 0 ? location : $"mlflow-artifacts:/{id}",
        };
        foreach (var tag in request.Children("tags"))
        {
            experiment.Tags[tag.Text("key")] = tag.Text("value");
        }

        state.Experiments.Add(id, experiment);
        return new JsonObject { ["experiment_id"] = id };
    }

    public JsonObject Get(ProtoMessage request) =>
        new() { ["experiment"] = ServerJson.Experiment(state.Experiment(request.Text("experiment_id"), version)) };

    public JsonObject GetByName(ProtoMessage request)
    {
        var name = request.Text("experiment_name");
        var found = state.Experiments.Values.FirstOrDefault(e => e.Name == name)
            ?? throw ServerFault.NotFound($"Could not find experiment with name '{name}'");
        return new JsonObject { ["experiment"] = ServerJson.Experiment(found) };
    }

    public JsonObject Search(ProtoMessage request)
    {
        var clauses = SearchFilter.Parse(request.TextOrNull("filter"), ExperimentSearch.KindOf);
        var view = request.Text("view_type");
        var found = state.Experiments.Values
            .Where(e => Views.Shows(view, e.Stage))
            .Where(e => clauses.All(clause => Clauses.Holds(clause, Value(e, clause.Field))));
        var byName = request.Texts("order_by").Select(SortOrder.Parse).FirstOrDefault();
        found = byName.Field.Key == "name"
            ? found.OrderBy(e => e.Name, StringComparer.Ordinal)
            : found.OrderByDescending(e => long.Parse(e.Id, CultureInfo.InvariantCulture));
        return Paging.Write("experiments", found.Select(ServerJson.Experiment), request.Integer("max_results"), request.TextOrNull("page_token"));
    }

    public JsonObject Update(ProtoMessage request)
    {
        state.Experiment(request.Text("experiment_id"), version).Name = request.Text("new_name");
        return [];
    }

    public JsonObject SetTag(ProtoMessage request)
    {
        var value = request.Text("value");
        if (value.Length > 5000)
        {
            throw ServerFault.Invalid("'value' exceeds the maximum length of 5000 characters");
        }

        state.Experiment(request.Text("experiment_id"), version).Tags[request.Text("key")] = value;
        return [];
    }

    public JsonObject SetStage(ProtoMessage request, string stage)
    {
        var experiment = state.Experiment(request.Text("experiment_id"), version);
        if (experiment.Stage == stage)
        {
            throw ServerFault.NotFound($"No Experiment with id={experiment.Id} exists");
        }

        experiment.Stage = stage;
        foreach (var run in state.Runs.Values.Where(run => run.ExperimentId == experiment.Id))
        {
            run.Stage = stage;
        }

        return [];
    }

    public JsonObject SearchDatasets(ProtoMessage request)
    {
        var ids = request.Texts("experiment_ids").ToHashSet();
        var json = new JsonObject();
        ServerJson.AddList(json, "dataset_summaries", state.Runs.Values.Where(run => ids.Contains(run.ExperimentId)).SelectMany(run => run.Inputs, (run, input) =>
        {
            var summary = new JsonObject { ["experiment_id"] = run.ExperimentId, ["name"] = input.Name, ["digest"] = input.Digest };
            if (input.Context is not null)
            {
                summary["context"] = input.Context;
            }

            return summary;
        }));
        return json;
    }

    private static string? Value(ServerExperiment experiment, SearchField field) => field switch
    {
        { Entity: SearchEntity.Tag } => experiment.Tags.GetValueOrDefault(field.Key),
        { Key: "name" } => experiment.Name,
        _ => null,
    };
}
