namespace Experiments.Core.Results;

/// <summary>One process of a trial's tree, at the moment when the tree's processes held most.</summary>
public sealed record ProcessShare
{
    /// <summary>Process number.</summary>
    public required int Id { get; init; }

    /// <summary>The parent's number; the main process's parent is the engine.</summary>
    public required int ParentId { get; init; }

    /// <summary>The name that the kernel knows it by, such as <c>python3</c> or <c>pt_data_worker</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is in the trial: <c>main</c>, <c>worker 0</c>, …; null when nobody told.</summary>
    public string? Role { get; init; }

    /// <summary>Private memory, MiB; pages shared copy-on-write with its parent are in it.</summary>
    public required double AnonymousMegabytes { get; init; }

    /// <summary>Resident set, MiB.</summary>
    public required double ResidentMegabytes { get; init; }

    /// <summary>Growth of its private memory over the measured steps, MiB a step; null when there were too few samples.</summary>
    public double? GrowthMegabytesPerStep { get; init; }
}
