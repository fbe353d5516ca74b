using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Sweeps;

public class ForesightTests
{
    private static readonly MemoryForecast BlowUp = new()
    {
        NumWorkers = 16, PeakBytes = 9e9, LowBytes = 8e9, HighBytes = 10e9, Evidence = "foreseen to take 8.4 GiB", IsBlowUp = true,
    };

    [LinuxFact]
    public async Task What_is_foreseen_to_blow_up_does_not_run_and_the_others_go_on()
    {
        using var sweep = new SweepTest();
        var asked = new List<int>();
        var request = sweep.Request(SweepTest.Step + $"echo $1 >> {sweep.Folder}/ran", trials: 3) with
        {
            Foresee = (trial, done, limit) =>
            {
                Assert.True(limit > 0);
                asked.Add(done.Count);
                return trial.Configuration.Values["n"].Text == "2" ? BlowUp : null;
            },
        };

        var result = await SweepTest.RunAsync(request);

        Assert.Equal(["1", "3"], File.ReadAllLines(sweep.Folder + "/ran"));
        Assert.Equal([0, 1, 2], asked);
        Assert.Equal([TrialStatus.Completed, TrialStatus.Foreseen, TrialStatus.Completed], result.Trials.Select(trial => trial.Status));
        var foreseen = result.Trials[1];
        Assert.Equal(BlowUp, foreseen.Forecast);
        Assert.Equal(9e9 / (1024 * 1024), foreseen.Metric(MetricKeys.MemoryForeseenPeakMegabytes)!.Value, 1);
        var diagnostic = Assert.Single(foreseen.Diagnostics);
        Assert.Equal(TrialDiagnostics.Foreseen.Code, diagnostic.Code);
        Assert.Contains("not run, foreseen to take 8.4 GiB", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(3, sweep.FolderOf(result.SweepId).ReadJournal().Count);
    }

    [LinuxFact]
    public async Task The_user_may_want_to_see_it_and_the_forecast_stays_with_the_result()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step) with { Foresee = (_, _, _) => BlowUp, RunForeseen = true };

        var trial = Assert.Single((await SweepTest.RunAsync(request)).Trials);

        Assert.Equal(TrialStatus.Completed, trial.Status);
        Assert.Equal(BlowUp, trial.Forecast);
        Assert.True(trial.Metric(MetricKeys.MemoryForeseenPeakMegabytes) > 0);
    }

    [LinuxFact]
    public async Task A_resumed_sweep_foresees_anew_and_its_result_counts()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step, trials: 2);
        var first = await SweepTest.RunAsync(request with { Foresee = (trial, _, _) => trial.Configuration.Values["n"].Text == "2" ? BlowUp : null });

        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId, Foresee = (_, _, _) => BlowUp, RunForeseen = true });

        Assert.Equal([TrialStatus.Completed, TrialStatus.Completed], resumed.Trials.Select(trial => trial.Status));
        Assert.Equal(resumed.Trials.Select(trial => trial.Status), sweep.FolderOf(first.SweepId).ReadJournal().Select(trial => trial.Status));
    }
}
