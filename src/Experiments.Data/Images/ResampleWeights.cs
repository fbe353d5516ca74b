namespace Experiments.Data.Images;

/// <summary>
/// Which source pixels make an output pixel, and with which weights: a triangle as wide as an output pixel, as Pillow's antialiased
/// bilinear filter has it (https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters).
/// </summary>
internal sealed class ResampleWeights
{
    private (int From, int To, bool Mirrored) _made;

    public int[] First { get; private set; } = [];

    public int[] Count { get; private set; } = [];

    public float[] Weights { get; private set; } = [];

    /// <summary>Weights that an output pixel has room for.</summary>
    public int Taps { get; private set; }

    /// <summary>Weights for a row of pixels that becomes another length.</summary>
    public void Make(int from, int to, bool mirrored)
    {
        if (_made == (from, to, mirrored))
        {
            return;
        }

        _made = (from, to, mirrored);
        var scale = (double)from / to;
        var support = Math.Max(scale, 1);
        Taps = ((int)Math.Ceiling(support) * 2) + 1;
        if (First.Length < to || Weights.Length < to * Taps)
        {
            (First, Count, Weights) = (new int[to], new int[to], new float[to * Taps]);
        }

        for (var i = 0; i < to; i++)
        {
            Make(mirrored ? to - 1 - i : i, (i + 0.5) * scale, support, from);
        }
    }

    private void Make(int output, double centre, double support, int from)
    {
        var first = Math.Max((int)(centre - support + 0.5), 0);
        var count = Math.Min((int)(centre + support + 0.5), from) - first;
        var weights = Weights.AsSpan(output * Taps, count);
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var weight = Math.Max(0, 1 - Math.Abs((first + i - centre + 0.5) / support));
            weights[i] = (float)weight;
            sum += weight;
        }

        for (var i = 0; i < count; i++)
        {
            weights[i] = (float)(weights[i] / sum);
        }

        (First[output], Count[output]) = (first, count);
    }
}
