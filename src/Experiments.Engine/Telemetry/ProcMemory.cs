using System.Diagnostics;
using Experiments.Engine.Processes;

namespace Experiments.Engine.Telemetry;

/// <summary>
/// Memory by <c>/proc</c>, for machines that give no control group: resident sets often, proportional sets within a
/// budget of 1 % of the time, for reading them slows the tree. Shared memory is the machine's growth since the start,
/// because what lies in /dev/shm unmapped (PyTorch's prefetched batches) belongs to no process.
/// </summary>
internal sealed class ProcMemory : ITreeMemory
{
    private const double BudgetShare = 0.01;
    private const double WorthARereading = 0.05;
    private static readonly TimeSpan StartBudget = TimeSpan.FromMilliseconds(40);

    private readonly ProcessTree _tree;
    private readonly SharedPages _pages = new();
    private readonly string _reason;
    private readonly long _sharedAtStart = SharedOfMachine();
    private TimeSpan _spent;
    private int _members;
    private long _mostShared;
    private bool _exact;
    private bool _refused;

    /// <summary>A measurement of one tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="whyNoGroup">Why no control group is used.</param>
    internal ProcMemory(ProcessTree tree, string whyNoGroup)
    {
        _tree = tree;
        _reason = $"no control group ({whyNoGroup}); shared memory is the growth of the whole machine";
    }

    /// <inheritdoc />
    public string Method => _exact ? "proc-pss" : "proc-rss";

    /// <inheritdoc />
    public string? Reason => _reason;

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed)
    {
        _tree.Refresh();
        var sum = SumOfAnonymous();
        var shared = Math.Max(SharedOfMachine() - _sharedAtStart, 0);
        _mostShared = Math.Max(_mostShared, shared);
        var anonymous = _pages.Add(sum);
        var changed = Math.Abs(sum - _pages.ExactSum) > WorthARereading * Math.Max(_pages.ExactSum, 1) || _tree.Members.Count != _members;
        if (changed && _tree.Members.Count > 1 && _spent < StartBudget + (elapsed * BudgetShare))
        {
            ReadExactly();
            anonymous = _pages.Add(sum);
        }

        return new MemoryReading(anonymous, shared, 0, 0);
    }

    /// <inheritdoc />
    public bool Exceeds(long limitBytes)
    {
        if (_tree.Members.Count > 1)
            ReadExactly(); // a wrong verdict is dearer than the reading
        return _pages.Add(SumOfAnonymous()) + Math.Max(SharedOfMachine() - _sharedAtStart, 0) > limitBytes;
    }

    /// <inheritdoc />
    public bool KernelKilled() => false;

    /// <inheritdoc />
    public MemoryReading Peak() => new(_pages.Peak(), _mostShared, 0, 0);

    /// <inheritdoc />
    public long? PeakBoundBytes() => null;

    /// <inheritdoc />
    public IReadOnlyCollection<int> Processes() => [.. _tree.Members.Keys];

    private void ReadExactly()
    {
        if (_refused)
            return;
        var started = Stopwatch.GetTimestamp();
        long sum = 0, proportional = 0;
        foreach (var id in _tree.Members.Keys)
        {
            if (ProcessMemory.ReadProportional(id) is not { } bytes)
                continue;
            sum += ProcessMemory.Read(id).AnonymousBytes;
            proportional += bytes;
        }

        _spent += Stopwatch.GetElapsedTime(started);
        _members = _tree.Members.Count;
        _refused = proportional == 0 && _members > 0 && !File.Exists("/proc/self/smaps_rollup");
        if (sum == 0)
            return;
        _exact = true;
        _pages.AddExact(sum, proportional);
    }

    private long SumOfAnonymous() => _tree.Members.Keys.Sum(id => ProcessMemory.Read(id).AnonymousBytes);

    private static long SharedOfMachine() => MachineMemory.Read("Shmem:");
}
