namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>Follows the GPUs that a trial sees. Pure: it is given readings.</summary>
internal sealed class GpuWatch
{
    private readonly Dictionary<int, long> _usedAtStart = [];
    private readonly HashSet<int> _others = [];
    private readonly Dictionary<int, int> _strangers = [];
    private readonly List<int> _utilization = [];
    private readonly List<double> _power = [];
    private long _peakByProcess;
    private long _peakByGrowth;
    private int? _hottest;
    private int _throttled;
    private int _throttleReadings;
    private bool _hasProcesses;
    private bool _isHidden;

    /// <summary>What the trial held at the last reading, in bytes; as good as <see cref="GpuOutcome.PeakBytes"/>.</summary>
    internal long HeldBytes { get; private set; }

    /// <summary>Takes the state before the trial's process has touched a device: what is there belongs to others.</summary>
    /// <param name="readings">A reading of each device, by its number.</param>
    internal void Start(IReadOnlyDictionary<int, GpuReading> readings)
    {
        foreach (var (device, reading) in readings)
        {
            _usedAtStart[device] = reading.UsedBytes ?? 0;
            _others.UnionWith(reading.Processes.Keys);
        }
    }

    /// <summary>Takes a state while the trial runs.</summary>
    /// <param name="readings">A reading of each device, by its number.</param>
    /// <param name="tree">The trial's processes.</param>
    internal void Add(IReadOnlyDictionary<int, GpuReading> readings, IReadOnlyCollection<int> tree)
    {
        long byProcess = 0, byGrowth = 0;
        foreach (var (device, reading) in readings)
        {
            byGrowth += Math.Max((reading.UsedBytes ?? 0) - _usedAtStart.GetValueOrDefault(device), 0);
            foreach (var (_, bytes) in reading.Processes.Where(process => tree.Contains(process.Key)))
            {
                _hasProcesses = true;
                _isHidden |= bytes is null;
                byProcess += bytes ?? 0;
            }

            foreach (var id in reading.Processes.Keys.Where(id => !tree.Contains(id)))
                _strangers[id] = _strangers.GetValueOrDefault(id) + 1;
            if (reading.UtilizationPercent is { } percent)
                _utilization.Add(percent);
            if (reading.PowerWatts is { } watts)
                _power.Add(watts);
            if (reading.TemperatureCelsius is { } celsius)
                _hottest = Math.Max(_hottest ?? celsius, celsius);
            if (reading.IsThrottled is { } throttled)
                (_throttled, _throttleReadings) = (_throttled + (throttled ? 1 : 0), _throttleReadings + 1);
        }

        HeldBytes = _hasProcesses && !_isHidden ? byProcess : byGrowth;
        _peakByProcess = Math.Max(_peakByProcess, byProcess);
        _peakByGrowth = Math.Max(_peakByGrowth, byGrowth);
    }

    /// <summary>What was seen.</summary>
    internal GpuOutcome Outcome()
    {
        var byProcess = _hasProcesses && !_isHidden;
        return new GpuOutcome
        {
            PeakBytes = byProcess ? _peakByProcess : _peakByGrowth,
            Reason = byProcess || _peakByGrowth == 0 ? null
                : "the driver does not tell the trial's processes apart (a container, WSL): memory is the devices' growth since the trial's start",
            UtilizationPercent = _utilization.Count > 0 ? _utilization.Average() : null,
            PowerWatts = _power.Count > 0 ? _power.Average() : null,
            HottestCelsius = _hottest,
            ThrottledShare = _throttleReadings > 0 ? (double)_throttled / _throttleReadings : null,
            // Where numbers are the host's, the trial's own look strange; a child may be seen once before the tree knows it.
            OtherProcesses = byProcess ? _others.Union(_strangers.Where(stranger => stranger.Value > 1).Select(stranger => stranger.Key)).Count() : _others.Count,
        };
    }
}
