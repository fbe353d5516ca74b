namespace Experiments.Bench.Loader;

/// <summary>Several peers on one scenario: first each finds its best number of workers, then they run in turn, round after round.</summary>
internal sealed class Comparison(string data, string scenario, int samples, int epochs)
{
    private readonly Dictionary<string, int> _workers = [];
    private readonly Dictionary<string, List<(PeerResult Result, long PeakBytes)>> _results = [];
    private readonly List<string> _peers = [];

    public int BatchSize { get; init; } = 128;

    public int ComputeMs { get; init; }

    /// <summary>Adds a peer, with the numbers of workers to choose from.</summary>
    public Comparison Peer(string peer, params int[] workers)
    {
        _peers.Add(peer);
        _workers[peer] = workers.Length == 1 ? workers[0] : workers.MaxBy(count => Run(peer, count).Result.Steady);
        _results[peer] = [];
        return this;
    }

    public int WorkersOf(string peer) => _workers[peer];

    public Comparison Rounds(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var peer in _peers)
            {
                _results[peer].Add(Run(peer, _workers[peer]));
            }
        }

        return this;
    }

    public double[] Values(string peer, Func<PeerResult, double> value) => [.. _results[peer].Select(each => value(each.Result))];

    public double[] Peaks(string peer) => [.. _results[peer].Select(each => each.PeakBytes / 1e6)];

    /// <summary>One peer's values by another's of the same round.</summary>
    public double[] Ratios(string peer, string by, Func<PeerResult, double> value) =>
        [.. Values(peer, value).Zip(Values(by, value), (ours, theirs) => ours / theirs)];

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
