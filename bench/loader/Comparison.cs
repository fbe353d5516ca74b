namespace Experiments.Bench.Loader;

/// <summary>Several peers on one scenario, each with every number of workers it may choose from, in turn, round after round; each is then taken at its best number.</summary>
internal sealed class Comparison(string data, string scenario, int samples, int epochs)
{
    private readonly List<(string Peer, int Workers)> _cells = [];
    private readonly Dictionary<(string Peer, int Workers), List<(PeerResult Result, long PeakBytes)>> _results = [];

    public int BatchSize { get; init; } = 128;

    public int ComputeMs { get; init; }

    /// <summary>Adds a peer, with the numbers of workers to choose from.</summary>
    public Comparison Peer(string peer, params int[] workers)
    {
        _cells.AddRange(workers.Select(count => (peer, count)));
        return this;
    }

    public Comparison Rounds(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var cell in _cells)
            {
                (_results.TryGetValue(cell, out var results) ? results : _results[cell] = []).Add(Run(cell.Peer, cell.Workers));
            }
        }

        return this;
    }

    /// <summary>The number of workers with the highest median throughput.</summary>
    public int WorkersOf(string peer) => _cells.Where(cell => cell.Peer == peer)
        .MaxBy(cell => Report.Median([.. _results[cell].Select(each => each.Result.Steady)])).Workers;

    public double[] Values(string peer, Func<PeerResult, double> value) => Values(peer, WorkersOf(peer), value);

    public double[] Values(string peer, int workers, Func<PeerResult, double> value) => [.. _results[(peer, workers)].Select(each => value(each.Result))];

    /// <summary>One peer's values by another's of the same round.</summary>
    public double[] Ratios(string peer, string by, Func<PeerResult, double> value) => Ratios(Values(peer, value), Values(by, value));

    public static double[] Ratios(double[] values, double[] by) => [.. values.Zip(by, (ours, theirs) => ours / theirs)];

    private (PeerResult Result, long PeakBytes) Run(string peer, int workers) => PeerProcess.Run(new PeerRun
    {
        Peer = peer.Split(' ')[0],
        Scenario = peer.StartsWith("pytorch jpeg", StringComparison.Ordinal) ? peer.Split(' ')[1] : scenario,
        Workers = workers,
        Data = data,
        Samples = samples,
        Epochs = epochs,
        BatchSize = BatchSize,
        ComputeMs = ComputeMs,
    });
}
