using System.Text;
using Experiments.Core.Results;
using Experiments.Engine.Processes;

namespace Experiments.Engine.Telemetry;

/// <summary>Follows the processes of a tree one by one: who held what when they held most, and who grows.</summary>
internal sealed class ProcessTable
{
    private const int MostShown = 16;
    private const int MostFollowed = 256;
    private const int PointsEach = 512;
    private const double Mebibyte = 1024 * 1024;

    private readonly Dictionary<int, MemorySeries> _series = [];
    private List<ProcessShare> _atPeak = [];
    private long _most;

    /// <summary>Reads the processes that live now.</summary>
    /// <param name="processes">Their numbers.</param>
    /// <param name="unixSeconds">When.</param>
    internal ProcessTotals Read(IReadOnlyCollection<int> processes, double unixSeconds)
    {
        var totals = default(ProcessTotals);
        var seen = new List<(ProcStat Stat, ProcessMemory Memory)>();
        foreach (var id in processes)
        {
            if (ProcStat.Read(id) is not { IsZombie: false } stat)
                continue;
            var memory = ProcessMemory.Read(id);
            totals = totals.With(stat, memory);
            seen.Add((stat, memory));
            if (_series.TryGetValue(id, out var series) || (_series.Count < MostFollowed && _series.TryAdd(id, series = new MemorySeries(PointsEach))))
                series.Add(unixSeconds, memory.AnonymousBytes);
        }

        var sum = seen.Sum(process => process.Memory.AnonymousBytes);
        if (sum > _most)
            (_most, _atPeak) = (sum, [.. seen.OrderByDescending(process => process.Memory.AnonymousBytes).Take(MostShown).Select(Share)]);
        return totals;
    }

    /// <summary>The processes when they held most, with what each grew by.</summary>
    /// <param name="growth">Bytes a step of a series, or null.</param>
    /// <param name="roles">What processes are in the trial, as far as it told.</param>
    internal IReadOnlyList<ProcessShare> AtPeak(Func<IReadOnlyList<(double Seconds, long Bytes)>, double?> growth, IReadOnlyDictionary<int, string>? roles = null) =>
        [.. _atPeak.Select(share => share with
        {
            Role = roles?.GetValueOrDefault(share.Id) ?? (_atPeak.Exists(other => other.Id == share.ParentId) ? null : "main"),
            GrowthMegabytesPerStep = _series.TryGetValue(share.Id, out var series) ? growth(series.Points) / Mebibyte : null,
        })];

    private static ProcessShare Share((ProcStat Stat, ProcessMemory Memory) process) => new()
    {
        Id = process.Stat.Id,
        ParentId = process.Stat.Parent,
        Name = NameOf(process.Stat.Id),
        AnonymousMegabytes = Math.Round(process.Memory.AnonymousBytes / Mebibyte, 3),
        ResidentMegabytes = Math.Round(process.Memory.ResidentBytes / Mebibyte, 3),
    };

    private static string NameOf(int id)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Encoding.UTF8.GetString(buffer[..ProcFile.Read($"/proc/{id}/comm", buffer)]).TrimEnd();
    }
}
