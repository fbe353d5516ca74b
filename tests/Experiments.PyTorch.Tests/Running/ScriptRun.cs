using Experiments.PyTorch.Record;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Tests.Running;

/// <summary>How to run a script of the corpus.</summary>
internal sealed record ScriptRun
{
    public required string Script { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<string> PythonOptions { get; init; } = [];

    public string? Python { get; init; }

    public ProbeSettings Settings { get; init; } = new();

    public bool WithProbe { get; init; } = true;

    public string? EventsFile { get; init; }

    public string? PythonPath { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A shell command that ends in <c>"$@"</c>, in which the script runs.</summary>
    public string? Shell { get; init; }

    /// <summary>End the script when no step has come for this long after the last one.</summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>Steps to stop after, warm-up first.</summary>
    public (int WarmUp, int Measured)? Steps { get; init; }
}

/// <summary>What a script left behind.</summary>
internal sealed record ScriptResult
{
    public required int? ExitCode { get; init; }

    public required int? Signal { get; init; }

    public required byte[] Output { get; init; }

    public required long OutputBytes { get; init; }

    public required string Error { get; init; }

    public required string EventsFile { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public TimeSpan? StalledFor { get; init; }

    public ProbeRecord Record => ProbeRecordReader.ReadFile(EventsFile);
}
