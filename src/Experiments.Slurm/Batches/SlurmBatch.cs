namespace Experiments.Slurm.Batches;

/// <summary>One array of jobs: all that its nodes must know, written before it is submitted.</summary>
internal sealed record SlurmBatch
{
    /// <summary>Version of the file's layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The name of its jobs. No other batch has it: by it they are found, whatever became of who submitted them.</summary>
    public required string JobName { get; init; }

    /// <summary>The definition's file, as the user named it in <see cref="WorkingFolder"/>.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Absolute folder in which the sweep was started.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Absolute folders of the datasets, by name.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get => field ?? new Dictionary<string, string>(); init; } = new Dictionary<string, string>();

    /// <summary>The memory limit of each trial in bytes; null: the node finds it.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Wall time of a job in seconds.</summary>
    public required double TimeSeconds { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The jobs, by their index in the array.</summary>
    public required IReadOnlyList<SlurmTask> Tasks { get; init; }
}
