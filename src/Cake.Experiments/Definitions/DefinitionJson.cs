using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cake.Core.IO;

namespace Cake.Experiments.Definitions;

/// <summary>Writes an experiment in the definition's own format: the keys a user would write in YAML, as JSON. The same experiment gives the same text.</summary>
internal sealed class DefinitionJson(Func<FilePath, string> fileName, Func<DirectoryPath, string> folderName)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never HTML
    };

    public string Write(ExperimentContent experiment)
    {
        var root = new JsonObject { ["name"] = experiment.Name, ["train"] = Train(experiment) };
        if (experiment.Datasets.Count > 0)
            root["datasets"] = new JsonObject(experiment.Datasets.Select(dataset => KeyValuePair.Create(dataset.Key, (JsonNode?)Dataset(dataset.Value))));
        root["matrix"] = Matrix(experiment);
        Add(root, "repeats", experiment.Repeats);
        Add(root, "seed", experiment.Seed);
        AddObject(root, "limits", ("memory", experiment.MemoryLimit), ("gpu_memory", experiment.GpuMemoryLimit), ("processes", experiment.ProcessLimit), ("timeout", experiment.Timeout), ("stall_timeout", experiment.StallTimeout));
        if (experiment.Gates.Count > 0)
            root["gates"] = new JsonObject(experiment.Gates.Select(gate => KeyValuePair.Create(gate.Key, (JsonNode?)Values(gate.Value))));
        AddObject(root, "mlflow", ("experiment", experiment.MlflowExperiment), ("tracking_uri", experiment.MlflowTrackingUri));
        if (experiment.Source is { } source)
            root["source"] = string.Create(CultureInfo.InvariantCulture, $"{fileName(source.File)}({source.Line})");
        return root.ToJsonString(Options) + "\n";
    }

    private JsonObject Train(ExperimentContent experiment)
    {
        var train = new JsonObject { [experiment.TrainKind!] = Value(experiment.TrainValue!) };
        foreach (var (key, value) in experiment.TrainKeys)
            train[key] = Value(value);
        if (!train.ContainsKey("working_directory"))
            train["working_directory"] = folderName("."); // the build's folder, not the one that this file is kept in
        AddTexts(train, "probe", experiment.Probe);
        AddTexts(train, "metrics", experiment.Metrics);
        AddTexts(train, "env", experiment.Environment);
        return train;
    }

    private static void AddTexts(JsonObject parent, string key, OrderedDictionary<string, string> texts)
    {
        if (texts.Count > 0)
            parent[key] = new JsonObject(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value))));
    }

    private JsonObject Matrix(ExperimentContent experiment)
    {
        var matrix = new JsonObject();
        foreach (var (axis, values) in experiment.Axes)
            matrix[axis] = new JsonArray([.. values.Select(Value)]);
        if (experiment.Excludes.Count > 0)
            matrix["exclude"] = new JsonArray([.. experiment.Excludes.Select(exclude => Values(exclude.Values))]);
        if (experiment.Includes.Count > 0)
            matrix["include"] = new JsonArray([.. experiment.Includes.Select(include => Values(include.Values))]);
        return matrix;
    }

    private JsonObject Dataset(DatasetContent dataset)
    {
        var source = new JsonObject();
        Add(source, "path", dataset.Folder);
        Add(source, "synthetic", dataset.Profile);
        Add(source, "samples", dataset.Samples);
        return source;
    }

    private void AddObject(JsonObject parent, string key, params (string Key, object? Value)[] values)
    {
        var child = new JsonObject();
        foreach (var (name, value) in values)
            Add(child, name, value);
        if (child.Count > 0)
            parent[key] = child;
    }

    private void Add(JsonObject parent, string key, object? value)
    {
        if (value is not null)
            parent[key] = Value(value);
    }

    private JsonObject Values(IEnumerable<KeyValuePair<string, object>> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)Value(value.Value))));

    private JsonNode Value(object value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        TimeSpan time => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s")),
        DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        FilePath file => JsonValue.Create(fileName(file)),
        DirectoryPath folder => JsonValue.Create(folderName(folder)),
        IReadOnlyList<string> list => new JsonArray([.. list.Select(item => (JsonNode)JsonValue.Create(item))]),
        IEnumerable<KeyValuePair<string, object>> values => Values(values),
        _ => throw new InvalidOperationException($"A definition has no value of type {value.GetType()}."),
    };
}
