using Experiments.Processes.ControlGroups;
using Experiments.Processes.Freezing;
using Experiments.Processes.Kernel;
using Experiments.Processes.Running;

namespace Experiments.Processes.Tests.Freezing;

/// <summary>A script whose tree a test freezes, by a method of the test's choice.</summary>
internal sealed class FrozenRun : IAsyncDisposable
{
    private readonly ProcessRun _run = new();
    private readonly IControlGroup? _group;
    private readonly CancellationTokenSource _force = new();
    private readonly byte[] _mark;

    /// <summary>Starts a script.</summary>
    /// <param name="method"><c>best</c> (the group that this machine gives), <c>freezer</c> (version 1's controller) or <c>signals</c>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    internal FrozenRun(string method, string program, params string[] arguments)
    {
        _mark = System.Text.Encoding.UTF8.GetBytes(_run.Mark);
        _group = Group(method, $"experiments-test-{Path.GetFileName(_run.Folder)}");
        var started = new TaskCompletionSource<TreeFreezer>();
        Ended = new ProcessSupervisor(ProcessRun.Launcher).RunAsync(
            _run.Shell("") with { Program = program, Arguments = arguments, ControlGroupFiles = _group?.ProcessFiles ?? [] },
            new Supervision { Mark = _run.Mark, Timeout = TimeSpan.FromMinutes(2), Grace = TimeSpan.FromSeconds(1), Group = _group, Started = started.SetResult, Force = _force.Token },
            CancellationToken.None);
        Freezer = started.Task.Result;
    }

    internal TreeFreezer Freezer { get; }

    internal Task<TreeEnd> Ended { get; }

    internal string Folder => _run.Folder;

    internal string Output => File.Exists(_run.StandardOutput) ? File.ReadAllText(_run.StandardOutput) : "";

    internal string Error => File.Exists(_run.StandardError) ? File.ReadAllText(_run.StandardError) : "";

    /// <summary>The processes of the tree, and the CPU time that they have taken, in clock ticks.</summary>
    internal (int Processes, long Ticks) Look()
    {
        var stats = ProcFile.Processes().Where(id => ProcFile.HasVariable(id, _mark)).Select(ProcStat.Read).OfType<ProcStat>().Where(stat => !stat.IsZombie).ToList();
        return (stats.Count, stats.Sum(stat => stat.UserTicks + stat.SystemTicks));
    }

    public async ValueTask DisposeAsync()
    {
        await _force.CancelAsync();
        await Ended;
        _group?.Dispose();
        _run.Dispose();
        _force.Dispose();
    }

    private static IControlGroup? Group(string method, string name)
    {
        if (method == "signals")
            return null;
        if (method == "best")
            return ProcessRun.RequireGroups().TryCreate(name, null);
        var layout = ControlGroupLayout.Read();
        var (memory, freezer) = (layout.Version1.GetValueOrDefault("memory"), layout.Version1.GetValueOrDefault("freezer"));
        Assert.SkipWhen(memory is null || freezer is null, "the freezer controller of version 1 is not mounted");
        return ControlGroupV1.Create(new ControlGroupFolders(memory!, null, null, freezer), name, null);
    }
}
