using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Experiments.Tool;

/// <summary>How the <c>experiments</c> command is run. Each command takes the options that it knows and leaves the others.</summary>
/// <example>
/// <code>
/// Task("Quick").Does(() =>
///     ExperimentsRun(GetFiles("experiments/*.yaml"), new ExperimentsSettings
///     {
///         Filters = { "num_workers=0,2" },
///         Repeats = 1,
///     }));
/// </code>
/// </example>
public sealed class ExperimentsSettings : ToolSettings
{
    /// <summary>Only configurations with these values, such as <c>num_workers=4</c>; default: all.</summary>
    public ICollection<string> Filters { get; } = [];

    /// <summary>Trials of each configuration; null: as the definition says.</summary>
    public int? Repeats { get; set; }

    /// <summary>One part of the plan, such as <c>2/5</c>; null: all of it.</summary>
    public string? Shard { get; set; }

    /// <summary>Folders that hold sweeps of shards, such as downloaded artifacts; needed to merge, and taken by nothing else.</summary>
    public ICollection<DirectoryPath> From { get; } = [];

    /// <summary>Whether an issue takes the comment, opened where a gate failed, and not a pull request.</summary>
    public bool Issue { get; set; }

    /// <summary>Seed of the order of trials; null: as the definition says.</summary>
    public int? Seed { get; set; }

    /// <summary>Whether the latest unfinished sweep is continued.</summary>
    public bool Resume { get; set; }

    /// <summary>Why a slower baseline is accepted.</summary>
    public string? Reason { get; set; }

    /// <summary>Where sweeps live; default <c>.experiments</c>.</summary>
    public DirectoryPath? Root { get; set; }

    /// <summary>Time that a sweep has to end in good order once it is cancelled, before its processes are killed; default 30 seconds.</summary>
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromSeconds(30);
}
