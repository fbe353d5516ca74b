namespace Experiments.PyTorch.Interpreters;

/// <summary>Where an interpreter finds a module that it is to run.</summary>
public sealed record ModulePlace
{
    /// <summary>The module's file; null where it is not found.</summary>
    public string? File { get; init; }

    /// <summary>The part of the name that is not found: <c>pkg.trian</c> of <c>pkg.trian.fast</c>; null where all are.</summary>
    public string? Missing { get; init; }

    /// <summary>The modules that are where the missing one should be.</summary>
    public IReadOnlyList<string> Neighbours { get; init; } = [];
}
