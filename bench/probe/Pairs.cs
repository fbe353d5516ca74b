namespace Experiments.Bench.Probe;

/// <summary>Values with and without the probe, measured in turn, so that drift of the machine hits both.</summary>
internal sealed class Pairs
{
    public List<double> Plain { get; } = [];

    public List<double> Probed { get; } = [];

    public IReadOnlyList<double> Differences => [.. Probed.Zip(Plain, (probed, plain) => probed - plain)];

    public IReadOnlyList<double> Ratios => [.. Probed.Zip(Plain, (probed, plain) => probed / plain)];

    /// <summary>Measures one pair; which goes first alternates.</summary>
    /// <param name="measure">Takes whether the probe is on.</param>
    /// <param name="scale">What the value is multiplied by.</param>
    public async Task AddAsync(Func<bool, Task<double>> measure, double scale)
    {
        var probedFirst = Plain.Count % 2 == 1;
        var first = await measure(probedFirst) * scale;
        var second = await measure(!probedFirst) * scale;
        Plain.Add(probedFirst ? second : first);
        Probed.Add(probedFirst ? first : second);
    }
}
