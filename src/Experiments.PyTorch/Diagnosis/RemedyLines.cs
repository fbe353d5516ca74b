using static System.FormattableString;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Remedies as lines to paste, with the trial's own figures.</summary>
internal sealed class RemedyLines(TrialEvidence evidence)
{
    /// <summary>A number of workers: as the argument that the script takes, else as the loader's setting.</summary>
    public string NumWorkers(int workers) =>
        evidence.Command.Any(argument => argument.StartsWith("--num_workers", StringComparison.Ordinal)) ? Invariant($"--num_workers {workers}")
        : evidence.Command.Any(argument => argument.StartsWith("--num-workers", StringComparison.Ordinal)) ? Invariant($"--num-workers {workers}")
        : Invariant($"num_workers={workers}");

    /// <summary>Half the workers; without workers, half the batch.</summary>
    public string LessMemory() => evidence.NumWorkers is > 0 and var workers ? NumWorkers(workers / 2) : SmallerBatch();

    /// <summary>Half the batch.</summary>
    public string SmallerBatch()
    {
        var batch = evidence.Record.Loaders.LastOrDefault(loader => loader.Trains)?.Used.BatchSize ?? evidence.Wanted.BatchSize;
        return batch is > 1 ? Invariant($"batch_size={batch / 2}") : "batch_size=1";
    }

    /// <summary>What makes workers start.</summary>
    public static string StartOfWorkers(string line) =>
        line.Contains("Resource temporarily unavailable", StringComparison.Ordinal) || line.Contains("new thread", StringComparison.Ordinal)
            ? "ulimit -u 65536"
            : "multiprocessing_context=\"fork\"   # or define the dataset and its functions at the module's top level";

    /// <summary>The install command of a missing module; the search of a broken one.</summary>
    public static string Import(string message) => FailurePatterns.MissingModule.Match(message) is { Success: true } match
        ? $"pip install {match.Groups["name"].Value}"
        : "python -m pip check";

    /// <summary>Where the missing file should be.</summary>
    public static string MissingFile(string message) => FailurePatterns.MissingPath.Match(message) is { Success: true } match
        ? $"ls -l '{match.Groups["path"].Value}'"
        : "ls -l PATH   # the path that the message names";
}
