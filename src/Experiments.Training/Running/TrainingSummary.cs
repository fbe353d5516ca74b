using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Training.Devices;

namespace Experiments.Training.Running;

/// <summary>Writes <c>training.json</c>, the trial's artifact: with what it trained, and how well it predicts.</summary>
internal static class TrainingSummary
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n" };

    public static void Write(string path, RunSettings settings, (string Device, int Threads, int Steps) run, Evaluation? evaluation)
    {
        var root = new JsonObject
        {
            ["task"] = settings.Task,
            ["dataset"] = settings.Dataset,
            ["device"] = run.Device,
            ["threads"] = run.Threads,
            ["torchsharp"] = TorchVersions.TorchSharp,
            ["torch"] = TorchVersions.Torch,
            ["seed"] = settings.Seed,
            ["steps"] = run.Steps,
            ["dev"] = evaluation?.ToJson(),
        };
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, root.ToJsonString(Options) + "\n");
        File.Move(temporary, path, overwrite: true);
    }
}
