using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;
using Experiments.Processes.Sampling;

namespace Experiments.Processes.Tests;

/// <summary>Runs one supervised process for a test.</summary>
internal sealed class ProcessRun : IDisposable
{
    private readonly TestFolder _folder = new();

    internal string StandardOutput => _folder.File("stdout.log");

    internal string StandardError => _folder.File("stderr.log");

    internal string Folder => _folder.Path;

    /// <summary>A variable that only this run's processes carry.</summary>
    internal string Mark => $"EXPERIMENTS_EVENTS={_folder.File("events.jsonl")}";

    internal TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    internal CancellationToken Force { get; init; }

    internal Action<int> Started { get; init; } = _ => { };

    internal Action Ended { get; init; } = () => { };

    internal TreeSampler? Sampler { get; init; }

    internal bool InGroup { get; init; }

    internal static IProcessLauncher Launcher { get; } = new PosixLauncher();

    private static Lazy<ControlGroupSource> Groups { get; } = new(() => ControlGroupSource.Find(ControlGroupLayout.Read(), Launcher));

    internal static ControlGroupSource RequireGroups()
    {
        Requirement.Met("cgroup", Groups.Value.Method != "none", Groups.Value.Reason ?? "");
        return Groups.Value;
    }

    internal LaunchRequest Shell(string script, params string[] arguments) => new()
    {
        Program = "/bin/sh",
        Arguments = ["-c", script, "sh", .. arguments],
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            [Mark.Split('=')[0]] = Mark.Split('=')[1],
        },
        WorkingDirectory = Folder,
        StandardOutputFile = StandardOutput,
        StandardErrorFile = StandardError,
    };

    internal Task<TreeEnd> RunAsync(string script, CancellationToken cancellationToken = default) =>
        RunAsync(Shell(script), cancellationToken);

    internal async Task<TreeEnd> RunAsync(LaunchRequest request, CancellationToken cancellationToken = default)
    {
        using var group = InGroup ? RequireGroups().TryCreate($"experiments-test-{Path.GetFileName(Folder)}", null) : null;
        return await new ProcessSupervisor(Launcher).RunAsync(
            request with { ControlGroupFiles = group?.ProcessFiles ?? [] },
            new Supervision
            {
                Mark = Mark,
                Timeout = Timeout,
                Grace = Grace,
                Force = Force,
                Group = group,
                Sample = (process, _) =>
                {
                    Started(process.Id);
                    return Sampler;
                },
                Ended = Ended,
            },
            cancellationToken);
    }

    /// <summary>Living processes whose command line holds a text.</summary>
    internal static List<int> Alive(string text) =>
        [.. ProcFile.Processes().Where(id => ProcStat.Read(id) is { IsZombie: false } && CommandLine(id).Contains(text, StringComparison.Ordinal))];

    /// <summary>Waits for something that another process does.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + 90_000; Environment.TickCount64 < deadline; await Task.Delay(5))
        {
            if (condition())
                return; // not asked again: it may hold for a moment only
        }

        Assert.Fail("it did not come to pass in 90 seconds");
    }

    public void Dispose() => _folder.Dispose();

    private static string CommandLine(int id)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return System.Text.Encoding.UTF8.GetString(buffer[..ProcFile.Read($"/proc/{id}/cmdline", buffer)]);
    }
}
