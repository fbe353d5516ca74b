namespace Experiments.Processes;

/// <summary>One process of a tree, at the moment when the tree's processes held most together.</summary>
public sealed record ProcessUse
{
    /// <summary>Process number.</summary>
    public required int Id { get; init; }

    /// <summary>The parent's number; the main process's parent is the program that runs the tree.</summary>
    public required int ParentId { get; init; }

    /// <summary>The name that the kernel knows it by, such as <c>python3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Private memory in bytes; pages shared copy-on-write with its parent are in it.</summary>
    public required long AnonymousBytes { get; init; }

    /// <summary>Resident set in bytes.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>Its private memory over time: Unix time and bytes.</summary>
    internal IReadOnlyList<(double Seconds, long Bytes)> Series { get; init; } = [];
}
