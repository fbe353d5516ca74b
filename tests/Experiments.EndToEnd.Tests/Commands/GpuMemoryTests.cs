using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;
using Experiments.Processes.Tests.Native;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>The limit of GPU memory, through the command line, with a fake of NVIDIA's library in the place where the real one is found.</summary>
public sealed class GpuMemoryTests : IDisposable
{
    /// <summary>Tells the driver what this process holds, waits until that was read, and then reports its steps.</summary>
    private const string Training = $$$"""
        hold() { echo "50 $1 $$ $1" > gpu.new; mv gpu.new gpu; }
        seen() { until grep -qs "^$$ $1\$" gpu.seen; do sleep 0.02; done; }
        hold 100
        seen 100 # perhaps by a reading that began before this process did
        if [ "$EXPERIMENTS_AXIS_NUM_WORKERS" = 2 ]; then
          setsid sleep 600 &
          hold 2900
          sleep 600
        fi
        hold 800
        seen 800
        {{{Trainings.Good}}}
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Who_passes_the_limit_of_GPU_memory_is_ended_with_its_processes_and_the_sweep_goes_on()
    {
        var run = await RunAsync("[0, 2]");

        Assert.True(run.ExitCode == ExitCodes.GateFailed, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("small.yaml(10,", StringComparison.Ordinal)
            && line.Contains("error EXP3013: ", StringComparison.Ordinal)
            && line.Contains("2900 MiB of GPU memory, where the limit is 2048 MiB", StringComparison.Ordinal)
            && line.Contains("num_workers=2", StringComparison.Ordinal));
        Assert.Equal([(0, TrialStatus.Completed, 800.0), (2, TrialStatus.BlownUp, 2900)], Trials());
        Assert.Empty(TrialProcesses.Of(_workspace.Folder));
        Assert.Contains("data:image/svg+xml", await File.ReadAllTextAsync(Path.Combine(_workspace.SweepFolder("small"), "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stays_below_the_limit_of_GPU_memory_passes_and_its_peak_is_recorded()
    {
        var run = await RunAsync("[0]");

        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.Equal([(0, TrialStatus.Completed, 800.0)], Trials());
    }

    [Fact]
    public async Task A_trial_begins_when_the_driver_has_given_back_the_memory_of_the_last_one()
    {
        var run = RunAsync("[0]", repeats: 2, $"""
            cat gpu >> began
            {Trainings.Good}
            echo "0 1500 0 0" > gpu.new; mv gpu.new gpu
            """);
        var (state, seen) = (Path.Combine(_workspace.Folder, "gpu"), Path.Combine(_workspace.Folder, "gpu.seen"));
        await UntilAsync(() => run.IsCompleted || File.ReadAllText(state).Contains("1500", StringComparison.Ordinal));
        for (var looks = 0; looks < 4; looks++)
        {
            File.Delete(seen);
            await UntilAsync(() => run.IsCompleted || File.Exists(seen)); // somebody looks at the GPU: the last trial to its end, then who waits
        }

        _workspace.Write("gpu", "0 500 0 0\n");

        var ended = await run;
        Assert.True(ended.ExitCode == ExitCodes.Pass, ended.ToString());
        Assert.Equal(["0 500 0 0", "0 500 0 0"], File.ReadAllLines(Path.Combine(_workspace.Folder, "began")));
    }

    [Fact]
    public async Task The_gate_over_GPU_memory_is_red_at_its_place()
    {
        var run = await RunAsync("[0]", more: "  gpu_memory: {max: 512MiB}");

        Assert.True(run.ExitCode == ExitCodes.GateFailed, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("small.yaml(14,", StringComparison.Ordinal) && line.Contains("error EXP2028: peak GPU memory 800 MiB exceeds 512 MiB at num_workers=0", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private async Task<ToolRun> RunAsync(string workers, int repeats = 1, string script = Training, string more = "")
    {
        var state = _workspace.Write("gpu", "0 500 0 0\n");
        var library = _workspace.Write("nvml/libnvidia-ml.so.1", "");
        File.Copy(NativeProgram.Nvml(state), library, overwrite: true);
        _workspace.Write("train.sh", script);
        _workspace.Write("small.yaml", Trainings.Definition.Replace("[0, 2]", workers, StringComparison.Ordinal)
            .Replace("repeats: 2", $"repeats: {repeats}", StringComparison.Ordinal).Replace("{timeout: 20s}", "{gpu_memory: 2GiB, timeout: 60s}", StringComparison.Ordinal) + $"\n{more}\n");
        var variables = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(library)!, ["CUDA_VISIBLE_DEVICES"] = "0" };
        return await _workspace.RunAsync(variables, "run", "small.yaml");
    }

    private IReadOnlyList<(int? NumWorkers, TrialStatus Status, double? GpuPeak)> Trials()
    {
        var file = Path.Combine(_workspace.SweepFolder("small"), "results.json");
        var trials = JsonSerializer.Deserialize(File.ReadAllText(file), ExperimentsJson.Indented.SweepReport)!.Sweep.Trials;
        Assert.All(trials, trial => Assert.Equal("nvml", trial.Telemetry!.GpuMethod));
        return [.. trials.OrderBy(trial => trial.Configuration.NumWorkers).Select(trial => (trial.Configuration.NumWorkers, trial.Status, trial.Metric(MetricKeys.MemoryGpuPeakMegabytes)))];
    }
}
