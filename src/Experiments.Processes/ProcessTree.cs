using System.Collections;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Freezing;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;
using Experiments.Processes.Sampling;

namespace Experiments.Processes;

/// <summary>
/// A command that runs as a tree of processes: limited, measured, and ended as a whole, whatever it forks and detaches. On Linux nothing of it stays behind even when this
/// program is killed: a small shell, the watchdog, ends it then.
/// </summary>
public sealed class ProcessTree
{
    private const string Mark = "EXPERIMENTS_PROCESS_TREE";

    private static readonly Lazy<ControlGroupSource> Groups = new(() => ControlGroupSource.Find(ControlGroupLayout.Read(), ProcessLauncher.Default));

    private TreeFreezer? _freezer;

    private ProcessTree(ProcessTreeOptions options, CancellationToken cancellationToken) => Ended = RunToEndAsync(options, cancellationToken);

    /// <summary>Ends when the whole tree has ended, and says how.</summary>
    public Task<TreeEnd> Ended { get; }

    /// <summary>How the tree is frozen: <c>cgroup-v2</c>, <c>cgroup-v1</c> or <c>signals</c>; null where it cannot be (not on Linux).</summary>
    public string? FreezeMethod => _freezer?.Method;

    /// <summary>How long it has been frozen so far, all times together.</summary>
    public TimeSpan FrozenTime => _freezer?.FrozenTime ?? TimeSpan.Zero;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="options">The command, and what it may take.</param>
    /// <param name="cancellationToken">Asks the tree to end, and ends it after the grace; the result then says <see cref="EndCause.Cancelled"/>.</param>
    /// <returns>How it ended, and what it took.</returns>
    /// <exception cref="LaunchException">There is no such program, or it may not be started.</exception>
    public static Task<TreeEnd> RunAsync(ProcessTreeOptions options, CancellationToken cancellationToken = default) => Start(options, cancellationToken).Ended;

    /// <summary>Starts a command that can be frozen and thawed while it runs.</summary>
    /// <param name="options">The command, and what it may take.</param>
    /// <param name="cancellationToken">Asks the tree to end, and ends it after the grace.</param>
    /// <returns>The running tree; where the command cannot be started, <see cref="Ended"/> says so.</returns>
    public static ProcessTree Start(ProcessTreeOptions options, CancellationToken cancellationToken = default) => new(options, cancellationToken);

    /// <summary>Stops all its processes at once; they keep their memory, files and connections, and take no CPU. Returns when the kernel has confirmed it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be frozen here, is frozen already, or has ended.</exception>
    /// <exception cref="TimeoutException">The kernel does not confirm it; the tree goes on.</exception>
    public FreezeMoment Freeze() => (_freezer ?? throw new InvalidOperationException("The tree does not run.")).Freeze();

    /// <summary>Lets all its processes go on.</summary>
    /// <exception cref="InvalidOperationException">It is not frozen.</exception>
    /// <exception cref="TimeoutException">The kernel does not confirm it.</exception>
    public FreezeMoment Thaw() => (_freezer ?? throw new InvalidOperationException("The tree does not run.")).Thaw();

    private async Task<TreeEnd> RunToEndAsync(ProcessTreeOptions options, CancellationToken cancellationToken)
    {
        var id = $"{Environment.ProcessId}-{Guid.NewGuid():n}";
        var environment = EnvironmentOf(options);
        environment[Mark] = id;
        var program = ProgramPath.Resolve(options.Command.Count > 0 ? options.Command[0] : "", Path.GetFullPath(options.WorkingDirectory), environment);
        using var group = Groups.Value.TryCreate($"experiments-tree-{id}", options.MemoryLimitBytes);
        using var watchdog = Watchdog.Start(ProcessLauncher.Default, $"{Mark}={id}");
        watchdog?.Guard(group);
        return await new ProcessSupervisor(ProcessLauncher.Default).RunAsync(
            new LaunchRequest
            {
                Program = program,
                Arguments = [.. options.Command.Skip(1)],
                Environment = environment,
                WorkingDirectory = Path.GetFullPath(options.WorkingDirectory),
                StandardOutputFile = options.StandardOutputFile ?? Nowhere,
                StandardErrorFile = options.StandardErrorFile ?? Nowhere,
                ControlGroupFiles = group?.ProcessFiles ?? [],
            },
            new Supervision
            {
                Mark = $"{Mark}={id}",
                Timeout = options.Timeout ?? TimeSpan.MaxValue,
                Grace = options.Grace,
                Group = group,
                Started = freezer => _freezer = freezer,
                Sample = (process, tree) => new TreeSampler(
                    MemoryChoice.Of(process, tree, group, Groups.Value, options.MemoryLimitBytes), new TreeLimits(options.MemoryLimitBytes, options.ProcessLimit)),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string Nowhere => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private static Dictionary<string, string> EnvironmentOf(ProcessTreeOptions options)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in options.EnvironmentVariables)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = value;
        }

        return environment;
    }
}
