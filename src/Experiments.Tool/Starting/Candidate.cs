namespace Experiments.Tool.Starting;

/// <summary>Something in a project that could be swept, and why it is believed to be.</summary>
internal sealed record Candidate
{
    /// <summary>The script's or project's file, relative to the folder that was looked at, with <c>/</c>.</summary>
    public required string File { get; init; }

    /// <summary>Why it is believed to train, and how it takes its workers.</summary>
    public required string Reason { get; init; }

    /// <summary>How much speaks for it; more is better.</summary>
    public required int Weight { get; init; }

    /// <summary>The module to run in the script's place; null: the script is run by its path.</summary>
    public string? Module { get; init; }

    /// <summary>The folder that holds the module's package, relative to the folder that was looked at; empty for that folder.</summary>
    public string PackageFolder { get; init; } = "";

    /// <summary>Its command, where it has several, and what takes the number of workers; without the latter the probe steers it.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Arguments without which the script does not start.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The class of a TorchSharp task, with its namespace; null for a script.</summary>
    public string? TaskClass { get; init; }

    /// <summary>The assembly of a TorchSharp task, relative to the folder that was looked at.</summary>
    public string? Assembly { get; init; }
}
