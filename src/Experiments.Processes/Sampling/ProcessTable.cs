using System.Text;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Sampling;

/// <summary>Follows the processes of a tree one by one: who held what when they held most, and who grows.</summary>
internal sealed class ProcessTable
{
    private const int MostShown = 16;
    private const int MostFollowed = 256;
    private const int PointsEach = 512;
    private const double Rounding = 1e-6;

    private readonly Dictionary<int, MemorySeries> _series = [];
    private Dictionary<int, double> _cpu = [];
    private double _endedCpu;
    private List<ProcessUse> _atPeak = [];
    private long _most;

    /// <summary>Reads the processes that live now.</summary>
    /// <param name="processes">Their numbers.</param>
    /// <param name="unixSeconds">When.</param>
    internal ProcessTotals Read(IReadOnlyCollection<int> processes, double unixSeconds)
    {
        var totals = default(ProcessTotals);
        var cpu = new Dictionary<int, double>();
        var seen = new List<(ProcStat Stat, ProcessMemory Memory)>();
        foreach (var id in processes)
        {
            if (ProcStat.Read(id) is not { IsZombie: false } stat)
                continue;
            var memory = ProcessMemory.Read(id);
            var before = totals.UserSeconds + totals.SystemSeconds;
            totals = totals.With(stat, memory);
            cpu[id] = totals.UserSeconds + totals.SystemSeconds - before;
            seen.Add((stat, memory));
            if (_series.TryGetValue(id, out var series) || (_series.Count < MostFollowed && _series.TryAdd(id, series = new MemorySeries(PointsEach))))
                series.Add(unixSeconds, memory.AnonymousBytes);
        }

        var sum = seen.Sum(process => process.Memory.AnonymousBytes);
        if (sum > _most)
            (_most, _atPeak) = (sum, [.. seen.OrderByDescending(process => process.Memory.AnonymousBytes).Take(MostShown).Select(Use)]);
        _endedCpu += _cpu.Where(last => !cpu.TryGetValue(last.Key, out var seconds) || seconds < last.Value - Rounding).Sum(last => last.Value); // ended, or another one under its number
        _cpu = cpu;
        return totals with { EverCpuSeconds = _endedCpu + totals.UserSeconds + totals.SystemSeconds };
    }

    /// <summary>The processes when they held most together, the largest first, at most sixteen.</summary>
    internal IReadOnlyList<ProcessUse> AtPeak => [.. _atPeak.Select(process => process with { Series = _series.GetValueOrDefault(process.Id)?.Points ?? [] })];

    private static ProcessUse Use((ProcStat Stat, ProcessMemory Memory) process) => new()
    {
        Id = process.Stat.Id,
        ParentId = process.Stat.Parent,
        Name = NameOf(process.Stat.Id),
        AnonymousBytes = process.Memory.AnonymousBytes,
        ResidentBytes = process.Memory.ResidentBytes,
    };

    private static string NameOf(int id)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Encoding.UTF8.GetString(buffer[..ProcFile.Read($"/proc/{id}/comm", buffer)]).TrimEnd();
    }
}
