namespace Experiments.Processes;

/// <summary>A command to run as a tree of processes, and what the tree may take.</summary>
public sealed record ProcessTreeOptions
{
    /// <summary>The program and its arguments; the program is looked up in <c>PATH</c>, or is a path, relative to the working directory.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working directory; default: this program's.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Variables on top of this program's; null removes one. Default: none.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; init; } = new Dictionary<string, string?>();

    /// <summary>The file for standard output, made anew; default: nowhere. It is written by the processes themselves, so no amount of output blocks them.</summary>
    public string? StandardOutputFile { get; init; }

    /// <summary>The file for standard error, made anew; default: nowhere.</summary>
    public string? StandardErrorFile { get; init; }

    /// <summary>Most memory in bytes, anonymous and shared, of all processes together; default: no limit.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Most processes at the same time; default: no limit.</summary>
    public int? ProcessLimit { get; init; }

    /// <summary>Longest time; time in which the tree is frozen does not count. Default: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Time between asking the tree to end (SIGTERM) and ending it, after a timeout or a cancellation; default 5 seconds. A tree over its memory limit has none.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}
