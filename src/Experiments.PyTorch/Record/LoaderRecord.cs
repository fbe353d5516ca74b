namespace Experiments.PyTorch.Record;

/// <summary>One DataLoader that the script made.</summary>
public sealed record LoaderRecord
{
    /// <summary>Its number in its process, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Whether its batches are the steps: it trains.</summary>
    public required bool Trains { get; init; }

    /// <summary><c>file:line</c> where it is made.</summary>
    public required string Site { get; init; }

    /// <summary>What the script asked for.</summary>
    public required LoaderSettings Asked { get; init; }

    /// <summary>What was used.</summary>
    public required LoaderSettings Used { get; init; }

    /// <summary>What the probe could not do as it was told, and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
