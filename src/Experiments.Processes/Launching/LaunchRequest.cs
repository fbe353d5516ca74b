using Microsoft.Win32.SafeHandles;

namespace Experiments.Processes.Launching;

/// <summary>A process to start: its output goes straight to files, so that no amount of it can block the process.</summary>
internal sealed record LaunchRequest
{
    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, the program's own name left out.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute working directory.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>File for standard output, made anew.</summary>
    public required string StandardOutputFile { get; init; }

    /// <summary>File for standard error, made anew.</summary>
    public required string StandardErrorFile { get; init; }

    /// <summary>Read end of a pipe for standard input; null: see <see cref="CallersInput"/>.</summary>
    public SafePipeHandle? StandardInput { get; init; }

    /// <summary>Whether standard input is this program's, a file from its beginning; a terminal is nobody's. Default false: the empty input.</summary>
    public bool CallersInput { get; init; }

    /// <summary>Files of control groups that the process writes itself into before it becomes the program.</summary>
    public IReadOnlyList<string> ControlGroupFiles { get; init; } = [];

    /// <summary>Whether the kernel, when out of memory, is told to take this process rather than the engine; Linux only.</summary>
    public bool PreferredVictim { get; init; } = true;
}
