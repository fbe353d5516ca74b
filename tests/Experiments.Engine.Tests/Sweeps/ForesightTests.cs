using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;
using Experiments.Running;

namespace Experiments.Engine.Tests.Sweeps;

public class ForesightTests
{
    [LinuxFact]
    public async Task What_is_foreseen_to_blow_up_does_not_run_and_the_others_go_on()
    {
        using var sweep = new SweepTest();

        var result = await SweepTest.RunAsync(Blowing(sweep));

        Assert.Equal(["0", "2"], File.ReadAllLines(sweep.Folder + "/ran"));
        Assert.Equal([TrialStatus.Completed, TrialStatus.BlownUp, TrialStatus.Foreseen], result.Trials.Select(trial => trial.Status));
        var foreseen = result.Trials[2];
        Assert.Equal(foreseen.Forecast!.PeakBytes / (1024 * 1024), foreseen.Metric(MetricKeys.MemoryForeseenPeakMegabytes)!.Value, 1);
        var diagnostic = Assert.Single(foreseen.Diagnostics);
        Assert.Equal(TrialDiagnostics.Foreseen.Code, diagnostic.Code);
        Assert.Contains("not run, foreseen to blow up: num_workers=2 did", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(3, sweep.FolderOf(result.SweepId).ReadJournal().Count);
    }

    [LinuxFact]
    public async Task What_failed_of_a_cause_outside_the_matrix_ends_the_sweep_once_and_is_tried_anew_when_it_is_resumed()
    {
        using var sweep = new SweepTest();
        var refused = new RefusedArguments();
        var request = sweep.Request($"echo $1 >> {sweep.Folder}/ran; [ -e {sweep.Folder}/mended ] || exit 1; {SweepTest.Step}", trials: 3) with
        {
            Explainer = refused,
        };

        var first = await SweepTest.RunAsync(request);

        Assert.Equal(["1"], File.ReadAllLines(sweep.Folder + "/ran"));
        Assert.Equal([TrialStatus.Failed, TrialStatus.Skipped, TrialStatus.Skipped], first.Trials.Select(trial => trial.Status));
        Assert.Contains("n=1 failed of EXP3124", Assert.Single(first.Trials[2].Diagnostics).Message, StringComparison.Ordinal);

        File.WriteAllText(sweep.Folder + "/mended", "");
        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId });

        Assert.All(resumed.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        Assert.Equal(3, sweep.FolderOf(first.SweepId).ReadJournal().Count(trial => trial.Status == TrialStatus.Completed));
    }

    private sealed class RefusedArguments : ITrialExplainer
    {
        public IReadOnlyList<Diagnostic> Explain(EndedTrial trial) =>
            trial.Status == TrialStatus.Failed ? [PyTorchDiagnostics.UnknownArgument.Error("unrecognized arguments")] : [];
    }

    [LinuxFact]
    public async Task The_user_may_want_to_see_it_when_the_sweep_is_resumed_and_the_forecast_stays_with_the_result()
    {
        using var sweep = new SweepTest();
        var request = Blowing(sweep);
        var first = await SweepTest.RunAsync(request);

        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId, RunForeseen = true });

        Assert.Equal(["0", "2", "4"], File.ReadAllLines(sweep.Folder + "/ran"));
        Assert.Equal([TrialStatus.Completed, TrialStatus.BlownUp, TrialStatus.BlownUp], resumed.Trials.Select(trial => trial.Status));
        Assert.Equal(resumed.Trials.Select(trial => trial.Status), sweep.FolderOf(first.SweepId).ReadJournal().Select(trial => trial.Status));
        Assert.True(resumed.Trials[2].Forecast!.IsBlowUp);
        Assert.True(resumed.Trials[2].Metric(MetricKeys.MemoryForeseenPeakMegabytes) > 0);
    }

    /// <summary>Fits without workers; with two or more it takes 400 MiB where the limit is 100.</summary>
    private static SweepRequest Blowing(SweepTest sweep)
    {
        var request = sweep.Request(
            $"echo $EXPERIMENTS_AXIS_NUM_WORKERS >> {sweep.Folder}/ran; [ $EXPERIMENTS_AXIS_NUM_WORKERS = 0 ] || head -c 400m /dev/zero | tail > /dev/null; {SweepTest.Step}",
            limits: new Limits { Memory = new MemoryLimit(100L << 20, null) });
        Configuration[] configurations = [.. new[] { 0, 2, 4 }.Select(workers => Configuration.Create(new Dictionary<string, AxisValue> { [AxisNames.NumWorkers] = AxisValue.Of(workers) }))];
        return request with { Plan = request.Plan with { Configurations = configurations, Trials = [.. configurations.Select(one => new PlannedTrial(one, 1))] } };
    }
}
