using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>Whether a setting that was not tried will fit into memory, by those that were.</summary>
internal static class TuningMemory
{
    /// <summary>The peak grows with each worker by what it grew so far, and with what each loads ahead.</summary>
    /// <param name="space">The limit.</param>
    /// <param name="seen">Segments with peaks.</param>
    /// <param name="setting">The setting.</param>
    public static bool Fits(TuningSpace space, IReadOnlyList<SegmentResult> seen, LoaderSetting setting)
    {
        if (space.MostMemoryBytes is not { } most)
            return true;
        var peaks = seen.Where(segment => segment is { PeakBytes: not null, Setting: not null }).GroupBy(segment => segment.Setting!.NumWorkers)
            .Select(group => (Workers: group.Key, Bytes: (double)group.Max(segment => segment.PeakBytes!.Value))).OrderBy(peak => peak.Workers).ToList();
        if (peaks.Count < 2)
            return true;
        var (below, above) = (peaks[^2], peaks[^1]);
        var each = Math.Max(0, (above.Bytes - below.Bytes) / (above.Workers - below.Workers));
        var ahead = (setting.PrefetchFactor ?? LoaderSetting.UsualPrefetchFactor) / (double)LoaderSetting.UsualPrefetchFactor;
        return above.Bytes + each * ((setting.NumWorkers * Math.Max(1, ahead)) - above.Workers) <= most;
    }
}
