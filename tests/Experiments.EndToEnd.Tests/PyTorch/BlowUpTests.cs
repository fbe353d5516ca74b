using System.Globalization;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>The PyTorch example with so many workers that it would need three times its memory limit.</summary>
[Trait("Needs", "pytorch")]
public sealed class BlowUpTests : IDisposable
{
    private const long LimitBytes = 1_000L << 20;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task What_would_need_three_times_the_limit_is_foreseen_and_not_run()
    {
        TorchPython.Require();
        _workspace.Write("blow-up.yaml", Definition("[1, 2, 16]", repeats: 1));

        var run = await _workspace.RunAsync("run", "blow-up.yaml");

        Assert.True(run.ExitCode == ExitCodes.GateFailed, run.ToString());
        Assert.Equal([TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Foreseen], Trials().Select(trial => trial.Status));
        var foreseen = Trials()[2];
        Assert.True(foreseen.Forecast!.PeakBytes > 3 * LimitBytes, foreseen.Forecast.ToString());
        Assert.False(Directory.Exists(Path.Combine(_workspace.SweepFolder("blow-up"), "trials", foreseen.TrialId)));
        Assert.Contains(run.Lines, line => line.StartsWith("blow-up.yaml(14,", StringComparison.Ordinal)
            && line.Contains("error EXP3009: not run, foreseen to take ", StringComparison.Ordinal)
            && line.Contains("where the limit is 1000 MiB: num_workers=1, 2 took", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("≈ ", StringComparison.Ordinal) && line.Contains("✗ foreseen to blow up", StringComparison.Ordinal));
        Assert.Contains("Verdict: foreseen to blow up", run.Output, StringComparison.Ordinal);

        var advice = await _workspace.RunAsync("advise", "blow-up.yaml", "--num_workers", "16", "--output", "json");
        var memory = Assert.Single(JsonSerializer.Deserialize(advice.Output, ExperimentsJson.Indented.AdviceReport)!.Memory);
        Assert.True(Assert.Single(memory.Asked).IsBlowUp);
        Assert.InRange(memory.LargestNumWorkers!.Value, 2, 8);
    }

    [Fact]
    public async Task What_passes_the_limit_is_ended_within_a_second_and_the_sweep_goes_on()
    {
        TorchPython.Require();
        _workspace.Write("blow-up.yaml", Definition("[1, 16]", repeats: 2));
        using var watching = new CancellationTokenSource();
        var leastAvailable = WatchAvailableAsync(watching.Token);

        var run = await _workspace.RunAsync("run", "blow-up.yaml", "--run-foreseen");

        await watching.CancelAsync();
        Assert.True(run.ExitCode == ExitCodes.GateFailed, run.ToString());
        Assert.Equal([TrialStatus.Completed, TrialStatus.BlownUp], Trials().OrderBy(trial => trial.Status).Select(trial => trial.Status).Distinct());
        Assert.Equal(4, Trials().Count);
        Assert.All(Trials().Where(trial => trial.Status == TrialStatus.BlownUp), trial =>
        {
            Assert.Equal(16, trial.Configuration.NumWorkers);
            Assert.InRange(SecondsPastTheLimit(trial), 0, 1);
            Assert.NotEmpty(trial.Telemetry!.Processes);
        });
        Assert.Contains(run.Lines, line => line.StartsWith("blow-up.yaml(14,", StringComparison.Ordinal)
            && line.Contains("error EXP3004: ", StringComparison.Ordinal) && line.Contains("limit 1000 MiB", StringComparison.Ordinal) && line.Contains("(2 of 2 trials)", StringComparison.Ordinal));
        Assert.DoesNotContain("Unsupported", run.Error, StringComparison.Ordinal); // what the pictures' library cannot draw it says there
        Assert.Empty(TrialProcesses.Of(_workspace.Folder));
        Assert.InRange(await leastAvailable, 0.1, 1);
    }

    private static string Definition(string workers, int repeats) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: blow-up
        train:
          pytorch: {{RepositoryFolder.Combine("experiments", "pytorch", "run.py")}}
          python: {{TorchPython.Program}}
          args: [--dataset, "{dataset}", --data_path, "{dataset_path}", --num_workers, "{num_workers}", --train_batch_size, "16", --num_train_epochs, "100", --train]
          batch_size: 16
          warmup_steps: 2
          steps: 20
        datasets:
          MELD-DA: {synthetic: meld-da, samples: 700}
        matrix:
          dataset: [MELD-DA]
          num_workers: {{workers}}
        limits: {memory: 1000MiB, timeout: 2m}
        repeats: {{repeats}}
        """);

    /// <summary>From the first sample near the limit, which the kernel lets nobody pass, to the trial's end; from the last sample where the kernel ended it sooner.</summary>
    private double SecondsPastTheLimit(TrialResult trial)
    {
        var rows = File.ReadLines(Path.Combine(_workspace.SweepFolder("blow-up"), "trials", trial.TrialId, "telemetry.csv")).Skip(1)
            .Select(row => row.Split(',')[..2].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return trial.DurationSeconds - rows.Where(row => row[1] > 0.97 * LimitBytes).Append(rows[^1]).First()[0];
    }

    private IReadOnlyList<TrialResult> Trials() =>
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(_workspace.SweepFolder("blow-up"), "results.json")), ExperimentsJson.Indented.SweepReport)!.Sweep.Trials;

    private static async Task<double> WatchAvailableAsync(CancellationToken cancellationToken)
    {
        var least = 1.0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!cancellationToken.IsCancellationRequested)
        {
            var lines = File.ReadLines("/proc/meminfo").Take(3).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToDictionary(
                fields => fields[0], fields => double.Parse(fields[1], CultureInfo.InvariantCulture));
            least = Math.Min(least, lines["MemAvailable:"] / lines["MemTotal:"]);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return least;
    }
}
