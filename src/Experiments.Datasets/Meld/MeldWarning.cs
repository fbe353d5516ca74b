using System.Globalization;

namespace Experiments.Datasets.Meld;

/// <summary>A kind of flaw in the annotations and what was done about it.</summary>
public sealed record MeldWarning
{
    /// <summary>The kind.</summary>
    public required MeldFlaw Flaw { get; init; }

    /// <summary>Whether rows with it were left out; otherwise they were cleaned or kept.</summary>
    public required bool Rejected { get; init; }

    /// <summary>Number of rows with it.</summary>
    public required int Count { get; init; }

    /// <summary>What the flaw is and what was done.</summary>
    public required string Explanation { get; init; }

    /// <summary>The first few places: <c>file:line</c>.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>One line for the console.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Count} {(Rejected ? "rejected" : "cleaned")}: {Explanation} ({string.Join(", ", Examples)}{(Count > Examples.Count ? ", …" : "")})");
}
