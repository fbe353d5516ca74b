using System.Globalization;
using Experiments.Core;
using Experiments.Core.Tuning;

namespace Experiments.Tool.Running;

/// <summary>Prints a line for each segment as it ends.</summary>
/// <param name="output">Where to.</param>
internal sealed class SegmentLines(TextWriter output) : IProgress<SegmentResult>
{
    private int _count;

    public void Report(SegmentResult value)
    {
        _count++;
        var name = value.Setting?.ToString() ?? "batches at no cost";
        output.WriteLine(value.Error is { } error
            ? VisibleText.Of($"{_count,3}  {name}: {error}")
            : string.Create(CultureInfo.InvariantCulture, $"{_count,3}  {name}: {value.SamplesPerSecond:0.#} samples/s, wait {100 * value.WaitFraction:0} %, {value.EndedAt:0} s"));
    }
}
