using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Baselines;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Journal;

namespace Experiments.Engine.Baselines;

/// <summary>Reads and writes accepted results, one file for each experiment and machine: <c>experiments/baselines/EXPERIMENT.MACHINE.json</c>.</summary>
public static class BaselineFile
{
    /// <summary>The file's path.</summary>
    /// <param name="folder">The folder of baselines.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="machineId">The machine's id.</param>
    public static string PathOf(string folder, string experiment, string machineId) => Path.Combine(folder, $"{experiment}.{machineId}.json");

    /// <summary>Reads a baseline; null when nothing was accepted yet.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DiagnosticException">EXP5004: the file is there and cannot be read.</exception>
    public static Baseline? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.Baseline) ?? throw new JsonException("The file is empty.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            var line = exception is JsonException { LineNumber: { } number } ? (int)number + 1 : 1;
            throw new DiagnosticException(
                EnvironmentDiagnostics.UnreadableBaseline.Error(exception.Message, new SourcePosition(path, line, 1)), exception);
        }
    }

    /// <summary>Writes a baseline; the folder is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="baseline">The accepted results.</param>
    /// <exception cref="IOException">It cannot be written; an old baseline stays.</exception>
    public static void Write(string path, Baseline baseline)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(baseline, ExperimentsJson.Indented.Baseline) + "\n");
    }
}
