using System.Text.Json.Nodes;

namespace Experiments.Datasets.Stores;

/// <summary>What <c>dataset.json</c> says of a store before its samples are counted.</summary>
public sealed record StoreDescription
{
    /// <summary>The dataset's name.</summary>
    public required string Name { get; init; }

    /// <summary>The classes, in the order of their indices.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The modalities, in the order in which frames are appended.</summary>
    public required IReadOnlyList<ModalityDescription> Modalities { get; init; }

    /// <summary>In words: which part of the content is synthetic; empty when none is.</summary>
    public IReadOnlyList<string> Synthetic { get; init; } = [];

    /// <summary>Where the data come from: profile and seed, or files and their checksums.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Source { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Names of the further columns of <c>samples.csv</c>, after <c>sample</c>, <c>split</c> and <c>label</c>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
