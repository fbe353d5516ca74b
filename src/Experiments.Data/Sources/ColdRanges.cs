using Experiments.Data.Numpy;

namespace Experiments.Data.Sources;

/// <summary>
/// Reads a batch's ranges ahead where the file is not in memory. Whether it is, is asked of a few samples only:
/// on a warm file the question would cost more than the batch.
/// </summary>
internal sealed class ColdRanges(MappedFile? file)
{
    private const int Probes = 4;

    public void ReadAhead(ReadOnlySpan<int> samples, Func<int, (long Offset, long Bytes)> range)
    {
        if (file is null || IsWarm(samples, range))
        {
            return;
        }

        foreach (var sample in samples)
        {
            var (offset, bytes) = range(sample);
            file.ReadAhead(offset, bytes);
        }
    }

    private bool IsWarm(ReadOnlySpan<int> samples, Func<int, (long Offset, long Bytes)> range)
    {
        for (var i = 0; i < Probes && i < samples.Length; i++)
        {
            var (offset, bytes) = range(samples[(int)((long)i * samples.Length / Probes)]);
            if (bytes > 0 && !file!.IsResident(offset))
            {
                return false;
            }
        }

        return true;
    }
}
