using System.Text.Json.Serialization;
using Experiments.Core.Matrix;

namespace Experiments.Core.Results;

/// <summary>How peak memory follows from <c>num_workers</c> while the other axes keep their values.</summary>
public sealed record MemoryAdvice
{
    /// <summary>The values of the other axes, in the order of the matrix.</summary>
    public required IReadOnlyDictionary<string, AxisValue> Values { get; init; }

    /// <summary>Memory without workers, drawn back from the largest count measured, in bytes.</summary>
    public required double BaseBytes { get; init; }

    /// <summary>What each further worker adds, in bytes.</summary>
    public required double PerWorkerBytes { get; init; }

    /// <summary>The least that it may well add, in bytes.</summary>
    public required double PerWorkerLowBytes { get; init; }

    /// <summary>The most that it may well add, in bytes.</summary>
    public required double PerWorkerHighBytes { get; init; }

    /// <summary>What this is drawn from, in words and figures.</summary>
    public required string Evidence { get; init; }

    /// <summary>The limit that workers must fit in, in bytes; null when there is none.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>The largest <c>num_workers</c> of those considered whose peak fits the limit; null when not even the smallest does, or there is no limit.</summary>
    public int? LargestNumWorkers { get; init; }

    /// <summary>The largest count that was considered: all usable cores, or twice the largest that was tried, whichever is more.</summary>
    public int MostConsidered { get; init; }

    /// <summary>The largest count whose batches ahead fit into /dev/shm, where that is fewer than the limit allows; else null.</summary>
    public int? SharedMemoryBound { get; init; }

    /// <summary>The peaks at the counts that were asked for; empty when none was.</summary>
    public IReadOnlyList<MemoryForecast> Asked { get => field ?? []; init; } = [];

    /// <summary>The other axes' values as people read them: <c>dataset=MELD-DA pin_memory=true</c>; empty when there are none.</summary>
    [JsonIgnore]
    public string Name => string.Join(' ', Values.Select(value => $"{value.Key}={value.Value.Text}"));
}
