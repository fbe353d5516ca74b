using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Memory;

/// <summary>
/// Memory by <c>/proc</c>, for machines that give no control group: resident sets often, proportional sets within a
/// budget of 1 % of the time, for reading them slows the tree. Shared memory is the machine's growth since the start,
/// because what lies in /dev/shm unmapped (PyTorch's prefetched batches) belongs to no process.
/// </summary>
internal sealed class ProcMemory : ITreeMemory
{
    private const double BudgetShare = 0.01;
    private const double WorthARereading = 0.05;
    private const double Calm = 0.02;
    private const double Still = 0.004; // of what is taken, between samples: slower growth than that is as good as none, faster must not spend what a peak needs
    private const int RestlessReadings = 3;
    private static readonly TimeSpan StartBudget = TimeSpan.FromMilliseconds(50);

    private readonly TreeMembers _tree;
    private readonly SharedPages _pages = new();
    private readonly string _reason;
    private readonly long _sharedAtStart = SharedOfMachine();
    private long _mostShared;
    private long _lastSum;
    private int _lastMembers;
    private int _exactMembers;
    private int _restless;
    private TimeSpan _calmCost;
    private TimeSpan _restlessCost;
    private bool _exact;
    private bool _refused;

    /// <summary>A measurement of one tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="whyNoGroup">Why no control group is used.</param>
    internal ProcMemory(TreeMembers tree, string whyNoGroup)
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
    public TimeSpan ExtraCost => _calmCost + _restlessCost;

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed)
    {
        _tree.Refresh();
        var (sum, members) = (SumOfAnonymous(), _tree.Members.Count);
        var shared = Math.Max(SharedOfMachine() - _sharedAtStart, 0);
        _mostShared = Math.Max(_mostShared, shared);
        var anonymous = _pages.Add(sum);
        if (members == 1)
            _pages.AddExact(sum, sum); // nobody to share with
        else if (IsWorthReading(sum, members, elapsed, out var isCalm) && ReadExactly(isCalm))
            anonymous = _pages.Add(sum);
        (_lastSum, _lastMembers) = (sum, members);
        return new MemoryReading(anonymous, shared, 0, 0);
    }

    /// <inheritdoc />
    public bool Exceeds(long limitBytes)
    {
        if (_tree.Members.Count > 1)
            ReadExactly(isCalm: true); // a wrong verdict is dearer than the reading
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

    /// <summary>Whether an exact reading would tell something new, can be trusted (the tree is not just forking), and can be paid.</summary>
    private bool IsWorthReading(long sum, int members, TimeSpan elapsed, out bool isCalm)
    {
        // What grows is mostly private: little beside a sum that counts shared pages many times may be much of what is taken.
        var isNew = Math.Abs(sum - _pages.ExactSum) > WorthARereading * _pages.Exact || members != _exactMembers;
        isCalm = Math.Abs(sum - _lastSum) <= Still * (_exact ? _pages.Exact : sum) && members == _lastMembers;
        _restless = isCalm ? 0 : _restless + 1;
        // Half of the budget each while the tree changes and while it is calm: the reading that counts is a calm one, and can always be paid.
        var spent = isCalm ? _calmCost : _restlessCost;
        return isNew && (isCalm || _restless % RestlessReadings == 0) && !_refused && spent < (StartBudget + (elapsed * BudgetShare)) / 2;
    }

    private bool ReadExactly(bool isCalm)
    {
        var started = ThreadClock.Now();
        var before = SumOfAnonymous();
        var proportional = _tree.Members.Keys.Sum(id => ProcessMemory.ReadProportional(id) ?? 0);
        var after = SumOfAnonymous();
        var cost = ThreadClock.Now() - started;
        (_calmCost, _restlessCost) = isCalm ? (_calmCost + cost, _restlessCost) : (_calmCost, _restlessCost + cost);
        _refused = proportional == 0 && before > 0 && !File.Exists("/proc/self/smaps_rollup");
        if (proportional == 0)
            return false;
        if (!Alike(before, after, Calm))
        {
            _pages.AddRough(Math.Max(before, after), proportional); // it changed meanwhile: pages were counted twice or not at all
            return true;
        }

        _exact = true;
        _exactMembers = _tree.Members.Count;
        _pages.AddExact(after, proportional);
        return true;
    }

    private static bool Alike(long value, long other, double tolerance) => Math.Abs(value - other) <= tolerance * Math.Max(value, other);

    private long SumOfAnonymous() => _tree.Members.Keys.Sum(id => ProcessMemory.Read(id).AnonymousBytes);

    private static long SharedOfMachine() => MachineMemory.Read("Shmem:");
}
