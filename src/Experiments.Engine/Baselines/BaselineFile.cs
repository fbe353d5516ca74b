using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Baselines;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Shared;

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
        try
        {
            using var stream = PlainFile.TryOpen(path);
            return stream is null ? null : JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.Baseline) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            var line = exception is JsonException { LineNumber: { } number } ? (int)number + 1 : 1;
            throw new DiagnosticException(
                EnvironmentDiagnostics.UnreadableBaseline.Error(UnreadableJson.Reason(exception), new SourcePosition(path, line, 1)), exception);
        }
    }

    /// <summary>
    /// The file that an earlier version of this program wrote for a machine, whose id it made otherwise; the latest accepted of several, null without one.
    /// Files that cannot be read are passed over: they may be other machines'.
    /// </summary>
    /// <param name="folder">The folder of baselines.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="machine">The machine.</param>
    public static string? FindFormer(string folder, string experiment, MachineFingerprint machine)
    {
        if (!Directory.Exists(folder))
            return null;
        return Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file).StartsWith(experiment + ".", StringComparison.Ordinal))
            .Select(file => (File: file, Baseline: Readable(file)))
            .Where(one => one.Baseline is { } baseline && baseline.Experiment == experiment && baseline.Machine.IsSameAs(machine))
            .OrderByDescending(one => one.Baseline!.AcceptedAt).Select(one => one.File).FirstOrDefault();
    }

    /// <summary>Writes a baseline; the folder is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="baseline">The accepted results.</param>
    /// <exception cref="DiagnosticException">EXP5037: it cannot be written; an old baseline stays.</exception>
    public static void Write(string path, Baseline baseline)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AtomicFile.WriteAllText(path, JsonSerializer.Serialize(baseline, ExperimentsJson.Indented.Baseline) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.CannotWriteBaseline.Error($"'{path}': {exception.Message}"), exception);
        }
    }

    private static Baseline? Readable(string path)
    {
        try
        {
            return Read(path);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }
}
