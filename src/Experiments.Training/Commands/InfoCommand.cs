using System.CommandLine;
using System.Text.Json.Nodes;
using Experiments.Core.Results;
using Experiments.Training.Devices;

namespace Experiments.Training.Commands;

/// <summary><c>info</c>: one line of JSON about libtorch and the GPUs, for the engine and <c>doctor</c>.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var command = new Command("info", "Prints one line of JSON: versions of TorchSharp and libtorch, CUDA devices.");
        command.SetAction(_ => Execute(Console.Out));
        return command;
    }

    private static int Execute(TextWriter output)
    {
        var line = new JsonObject { ["torchsharp"] = TorchVersions.TorchSharp };
        var exitCode = ExitCodes.Pass;
        try
        {
            var devices = Torch.Load();
            line["torch"] = TorchVersions.Torch;
            line["cuda_available"] = devices > 0;
            line["cuda_devices"] = new JsonArray([.. Enumerable.Range(0, devices).Select(index => JsonValue.Create($"cuda:{index}"))]);
        }
        catch (TrainingException problem)
        {
            line["torch"] = null;
            line["cuda_available"] = false;
            line["cuda_devices"] = new JsonArray();
            line["error"] = problem.Message;
            exitCode = ExitCodes.BadUsage;
        }

        output.WriteLine(line.ToJsonString());
        return exitCode;
    }
}
