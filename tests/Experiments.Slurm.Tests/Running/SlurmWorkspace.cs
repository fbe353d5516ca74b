using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;
using Experiments.Engine.Journal;

namespace Experiments.Slurm.Tests.Running;

/// <summary>A user's folder, with a definition whose trials leave a mark a start.</summary>
internal sealed class SlurmWorkspace(SlurmCluster cluster) : IDisposable
{
    /// <summary>Steps as a fast training reports them. It marks its start, and does what the file <c>before</c> says.</summary>
    private const string Training = """
        echo "$EXPERIMENTS_TRIAL_ID ${SLURM_RESTART_COUNT:-0} ${SLURMD_NODENAME:-here}" >> starts.log
        [ -f before.sh ] && . ./before.sh
        i=1
        while [ $i -le $((EXPERIMENTS_WARMUP_STEPS + EXPERIMENTS_STEPS)) ]; do
          echo "{\"type\":\"step\",\"step\":$i,\"samples\":64,\"wait_s\":0.001,\"step_s\":0.0100$i}" >> "$EXPERIMENTS_EVENTS"
          i=$((i + 1))
        done
        """;

    private readonly Workspace _workspace = new();

    public string Folder => _workspace.Folder;

    /// <summary>The trials that started, in that order: id, attempt, node.</summary>
    public IReadOnlyList<string[]> Starts => File.Exists(System.IO.Path.Combine(Folder, "starts.log")) ? [.. File.ReadAllLines(System.IO.Path.Combine(Folder, "starts.log")).Select(line => line.Split(' '))] : [];

    /// <summary>The one sweep's folder.</summary>
    public SweepFolder Sweep => new(_workspace.SweepFolder("small"));

    /// <summary>What the sweep came to.</summary>
    public SweepReport Report => Sweep.ReadReport();

    /// <summary>The codes of the trials' errors.</summary>
    public IReadOnlyList<string> Codes => [.. Report.Sweep.Trials.SelectMany(trial => trial.Diagnostics).Where(one => one.Severity == Core.Diagnostics.DiagnosticSeverity.Error).Select(one => one.Code)];

    /// <summary>Writes the definition.</summary>
    /// <param name="executor">The key <c>executor</c>; empty: none.</param>
    /// <param name="matrix">The axis <c>num_workers</c>.</param>
    /// <param name="repeats">Repeats.</param>
    /// <param name="limits">The key <c>limits</c>.</param>
    public SlurmWorkspace Define(string executor = "executor: {slurm: {exclusive: false}}", string matrix = "[0, 2]", int repeats = 2, string limits = "{timeout: 60s, memory: 1GiB}")
    {
        Write("train.sh", Training);
        Write("small.yaml", FormattableString.Invariant($"""
            name: small
            train:
              command: [sh, train.sh]
              steps: 8
              warmup_steps: 2
            matrix:
              num_workers: {matrix}
              pin_memory: [false]
            repeats: {repeats}
            limits: {limits}
            gates:
              peak_memory: {"{"}max: 900MiB{"}"}
            {executor}
            """));
        return this;
    }

    /// <summary>What each trial does before its steps, in the shell.</summary>
    public SlurmWorkspace Before(string shell)
    {
        Write("before.sh", shell);
        return this;
    }

    public void Write(string name, string text) => _workspace.Write(name, text);

    /// <summary>Writes a script that may be run.</summary>
    public void WriteProgram(string name, string text)
    {
        var file = _workspace.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>The variable by which programs of a folder of this one go before the machine's.</summary>
    public IReadOnlyDictionary<string, string> Path(string folder) => new Dictionary<string, string> { ["PATH"] = $"{System.IO.Path.Combine(Folder, folder)}:{Environment.GetEnvironmentVariable("PATH")}" };

    /// <summary>Runs the command to its end.</summary>
    public Task<ToolRun> RunAsync(params string[] arguments) => _workspace.RunAsync(cluster.Environment, arguments);

    /// <summary>Runs it with further variables.</summary>
    public Task<ToolRun> RunAsync(IReadOnlyDictionary<string, string> more, params string[] arguments) =>
        _workspace.RunAsync(cluster.Environment.Concat(more).ToDictionary(), arguments);

    /// <summary>Starts it.</summary>
    public Process Start(params string[] arguments) => ToolRun.Start(Folder, cluster.Environment, arguments);

    /// <summary>Runs it in another folder, as another login node would.</summary>
    public async Task<ToolRun> RunElsewhereAsync(string command, params string[] arguments)
    {
        using var elsewhere = new Workspace();
        return await elsewhere.RunAsync(cluster.Environment, [command, System.IO.Path.Combine(Folder, "small.yaml"), "--root", System.IO.Path.Combine(Folder, ".experiments"), .. arguments]);
    }

    /// <summary>The trials that are journalled.</summary>
    public IReadOnlyList<TrialResult> Journal() =>
        [.. File.ReadAllLines(Sweep.Journal).Where(line => line.EndsWith('}')).Select(line => JsonSerializer.Deserialize(line, ExperimentsJson.Compact.TrialResult)!)];

    /// <summary>How the sweep stands, by its own account.</summary>
    public async Task<string> StatusAsync() => (await RunAsync("status", "small.yaml")).Output;

    public void Dispose() => _workspace.Dispose();
}
