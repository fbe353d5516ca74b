using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Engine.Journal;

namespace Experiments.Slurm.Batches;

/// <summary>
/// The files of one batch, in the sweep's folder, which launcher and nodes share. Every file is written whole or not at all, once, and by one side only; what they say together is the truth about the
/// batch, whatever Slurm says.
/// </summary>
/// <param name="Path">Absolute path.</param>
internal sealed record BatchFolder(string Path)
{
    /// <summary>The sweep.</summary>
    public SweepFolder Sweep => new(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path)!)!);

    /// <summary>What is submitted.</summary>
    public string Batch => File("batch.json");

    /// <summary>The script that is submitted.</summary>
    public string Script => File("script.sh");

    /// <summary>The id that Slurm gave the array. Not there: who submitted it did not live to write it.</summary>
    public string JobId => File("job");

    /// <summary>The batch is called back: jobs that see it end, and start nothing.</summary>
    public string Revoked => File("revoked");

    /// <summary>The folder of what the jobs print.</summary>
    public string Logs => File("log");

    /// <summary>What a job printed, and what Slurm added.</summary>
    public string Log(int task) => System.IO.Path.Combine(Logs, Text($"{task}.log"));

    /// <summary>What the launcher found of a job that left trials without a result.</summary>
    public string Lost(int task) => File(Text($"{task}.lost"));

    /// <summary>Written by an attempt's script first.</summary>
    public string Start(int task, int attempt) => File(Text($"{task}.{attempt}.start"));

    /// <summary>Written by an attempt's script last.</summary>
    public string End(int task, int attempt) => File(Text($"{task}.{attempt}.end"));

    /// <summary>Written when an attempt starts a trial.</summary>
    public string Running(string trialId, int attempt) => File(Text($"{trialId}.{attempt}.running"));

    /// <summary>Written when a trial has ended.</summary>
    public string Result(string trialId, int attempt) => File(Text($"{trialId}.{attempt}.result"));

    /// <summary>The folder in which an attempt runs its trials, so that none writes to another's files. It ends with the sweep's id, as a sweep's folder does.</summary>
    public SweepFolder Work(int task, int attempt) => new(System.IO.Path.Combine(Path, "work", Text($"{task}.{attempt}"), Sweep.SweepId));

    /// <summary>The names of the files that are there.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public BatchFiles ReadNames() => BatchFiles.Of(new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(entry => entry.Name));

    /// <summary>What is submitted.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="JsonException">It is no batch.</exception>
    public SlurmBatch ReadBatch() => Read(Batch, SlurmJson.Indented.SlurmBatch);

    /// <summary>Reads a file.</summary>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        using var stream = System.IO.File.OpenRead(path);
        return JsonSerializer.Deserialize(stream, type) ?? throw new JsonException($"'{path}' holds nothing");
    }

    /// <summary>Reads a file; default where it is not there or cannot be read.</summary>
    public static T? TryRead<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Read(path, type);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, on the disk before this returns.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, value, type), flush: true);

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
