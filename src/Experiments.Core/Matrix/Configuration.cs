using System.Text.Json.Serialization;

namespace Experiments.Core.Matrix;

/// <summary>One point of the matrix.</summary>
public sealed record Configuration
{
    /// <summary>Twelve hexadecimal digits of the SHA-256 of the sorted <c>name=value</c> lines: stable across sweeps and under reordering.</summary>
    public required string Id { get; init; }

    /// <summary>The values by axis, in the order of the matrix.</summary>
    public required IReadOnlyDictionary<string, AxisValue> Values { get; init; }

    /// <summary>The words people read: <c>dataset=MELD-DA num_workers=4 pin_memory=true</c>.</summary>
    [JsonIgnore]
    public string Name => string.Join(' ', Values.Select(value => $"{value.Key}={value.Value.Text}"));

    /// <summary>The dataset's name, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public string? Dataset => Values.TryGetValue(AxisNames.Dataset, out var value) ? value.Text : null;

    /// <summary>The number of loader workers, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public int? NumWorkers => Values.TryGetValue(AxisNames.NumWorkers, out var value) ? (int?)value.AsInteger() : null;

    /// <summary>Whether memory is pinned, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public bool? PinMemory => Values.TryGetValue(AxisNames.PinMemory, out var value) ? value.AsBoolean() : null;
}
