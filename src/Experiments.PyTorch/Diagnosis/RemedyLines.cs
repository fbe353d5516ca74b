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
        line.Contains("[Errno 11]", StringComparison.Ordinal) || line.Contains("new thread", StringComparison.Ordinal)
            ? "ulimit -u 65536   # processes and threads of the user; or fewer workers"
            : "if __name__ == \"__main__\":   # around what trains: a worker that is spawned imports the script";

    /// <summary>What can be sent to a worker that is spawned.</summary>
    public static string Pickling(string line) =>
        FailurePatterns.LocalObject.Match(line) is { Success: true } local
            ? $"def at the module's top level   # for {local.Groups["name"].Value.Trim()}: a worker that is spawned finds functions and classes by their module's name; no lambda"
        : FailurePatterns.UnpicklableType.Match(line) is { Success: true } type
            ? $"make the {type.Groups["name"].Value} in the worker: on first use in __getitem__, or in worker_init_fn, not in __init__"
        : "def at the module's top level   # the dataset, its transforms and its functions: a worker that is spawned finds them by their module's name";

    /// <summary>A folder of the trial's own for what the script writes.</summary>
    public string OwnOutput(string path)
    {
        var index = evidence.Command.ToList().FindIndex(argument => argument.Length > 1 && (path == argument || path.StartsWith(argument.TrimEnd('/') + "/", StringComparison.Ordinal)));
        return index > 0 && evidence.Command[index - 1].StartsWith('-')
            ? $"args: [{evidence.Command[index - 1]}, \"{{trial_dir}}/output\"]   # a folder of the trial's own, in place of {evidence.Command[index]}"
            : "args: [--output, \"{trial_dir}/output\"]   # by the script's own option, a folder of the trial's own; a script without one writes below os.environ[\"EXPERIMENTS_ARTIFACTS\"]";
    }

    /// <summary>What shows a syntax error again.</summary>
    public static string Compile(string? place) => place is null ? "python -m py_compile SCRIPT" : $"python -m py_compile '{place[..place.LastIndexOf(':')]}'   # or train: {{python: …}} of the version that it is written for";

    /// <summary>Where the missing file should be.</summary>
    public static string MissingFile(string message) => FailurePatterns.MissingPath.Match(message) is { Success: true } match
        ? $"ls -l '{match.Groups["path"].Value}'"
        : "ls -l PATH   # the path that the message names";
}
