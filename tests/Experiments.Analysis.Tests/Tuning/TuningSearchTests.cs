using Experiments.Analysis.Tuning;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tests.Tuning;

public class TuningSearchTests
{
    [Fact]
    public void The_scripts_own_setting_is_measured_first_then_no_workers_and_up()
    {
        var run = new TuningRun(Space(own: 3, cores: 4), Workload.LoaderBound(4), noise: 0, seed: 1);
        run.Finish();
        Assert.Equal([3, 0, 1, 2, 4, 8], run.Segments.Where(segment => segment.Block == 0 && segment.Setting is not null).Select(segment => segment.Setting!.NumWorkers));
    }

    [Fact]
    public void Counts_above_the_cores_are_looked_at_only_while_they_bring_something()
    {
        var slow = new TuningRun(Space(own: 0, cores: 2), new Workload { Batch = 0.1, Step = 0.001, Cores = 64 }, noise: 0, seed: 1);
        slow.Finish();
        Assert.Equal(8, slow.Segments.Max(segment => segment.Setting?.NumWorkers ?? 0)); // four a core at most
        var quick = new TuningRun(Space(own: 0, cores: 2), new Workload { Batch = 0.010, Step = 0.010, Cores = 2 }, noise: 0, seed: 1);
        quick.Finish();
        Assert.Equal(2, quick.Segments.Where(segment => segment.Block == 0).Max(segment => segment.Setting?.NumWorkers ?? 0));
    }

    [Fact]
    public void Where_the_training_hardly_waits_the_loader_is_said_to_be_no_bottleneck_after_two_segments()
    {
        var run = new TuningRun(Space(own: 2, cores: 4), new Workload { Batch = 0.001, Step = 0.050, Cores = 8 }, noise: 0.01, seed: 1);
        var report = run.Finish();
        Assert.False(report.IsLoaderTheBottleneck);
        Assert.Equal(report.Own, report.Chosen);
        Assert.Equal(2, run.Segments.Count);
        Assert.Contains("not the bottleneck", report.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_segments_give_the_same_step()
    {
        var run = new TuningRun(Space(own: 0, cores: 4), Workload.LoaderBound(4), noise: 0.05, seed: 7);
        run.Finish();
        for (var count = 0; count < run.Segments.Count; count++)
            Assert.Equal(Named(TuningSearch.Next(run.Space, run.Segments.Take(count).ToList())), Named(TuningSearch.Next(run.Space, run.Segments.Take(count).ToList())));
    }

    [Fact]
    public void A_resumed_tuning_goes_on_as_an_unbroken_one()
    {
        var run = new TuningRun(Space(own: 0, cores: 4), Workload.LoaderBound(4), noise: 0.05, seed: 7);
        run.Finish();
        for (var count = 0; count < run.Segments.Count; count++)
        {
            var next = run.Segments[count];
            Assert.Equal(next.Setting is { } setting ? new TuningStep.Measure(setting, next.Block) : new TuningStep.Ceiling(), TuningSearch.Next(run.Space, run.Segments.Take(count).ToList()));
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.03)]
    [InlineData(0.06)]
    public void The_setting_that_is_found_is_within_three_hundredths_of_the_best(double noise)
    {
        var (right, runs, wrong) = (0, 0, new List<string>());
        foreach (var workload in Workload.All)
        {
            for (var seed = 0; seed < 15; seed++, runs++)
            {
                var report = new TuningRun(Space(own: 0, cores: 4), workload, noise, seed).Finish();
                var best = report.Rows.Max(row => workload.Rate(row.Setting));
                if (workload.Rate(report.Chosen!) >= 0.97 * best)
                    right++;
                else
                    wrong.Add($"{report.Chosen} has {workload.Rate(report.Chosen!) / best:0.000} of the best");
            }
        }

        Assert.True(right >= 0.95 * runs, $"{right} of {runs} at a noise of {noise}: {string.Join("; ", wrong)}");
    }

    [Fact]
    public void Equal_settings_are_not_called_different()
    {
        var eliminated = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var report = new TuningRun(Space(own: 0, cores: 4), new Workload { Batch = 0.020, Step = 0.001, Cores = 1, Shared = true }, 0.05, seed).Finish();
            eliminated += report.Rows.Any(row => row.GivenUp is not null) ? 1 : 0;
        }

        Assert.True(eliminated <= 7, $"{eliminated} of 60 tunings gave up one of settings that are equal"); // 5 % and what chance adds
    }

    [Fact]
    public void What_would_not_fit_into_memory_is_not_tried()
    {
        var workload = new Workload { Batch = 0.1, Step = 0.001, Cores = 64, WorkerBytes = 1L << 30 };
        var run = new TuningRun(Space(own: 0, cores: 8) with { MemoryLimitBytes = 4L << 30 }, workload, noise: 0, seed: 1);
        var report = run.Finish();
        Assert.Equal(2, report.Rows.Max(row => row.Setting.NumWorkers));
    }

    [Fact]
    public void A_setting_that_fails_is_given_up_and_the_others_go_on()
    {
        var run = new TuningRun(Space(own: 0, cores: 4), Workload.LoaderBound(4), noise: 0.02, seed: 1) { Fails = setting => setting.NumWorkers == 4 };
        var report = run.Finish();
        Assert.NotNull(report.Rows.Single(row => row.Setting == new LoaderSetting(4)).GivenUp);
        Assert.NotEqual(4, report.Chosen!.NumWorkers);
        Assert.Single(run.Segments, segment => segment.Setting == new LoaderSetting(4));
    }

    [Fact]
    public void A_budget_that_is_spent_ends_it_and_is_said()
    {
        var run = new TuningRun(Space(own: 0, cores: 4) with { Budget = TimeSpan.FromSeconds(12) }, Workload.LoaderBound(4), noise: 0.2, seed: 3);
        var report = run.Finish();
        Assert.False(report.IsSettled);
        Assert.True(report.Seconds < 16);
        Assert.Contains(report.Reasons, reason => reason.Contains("--budget", StringComparison.Ordinal));
    }

    [Fact]
    public void Pinning_is_tried_only_where_it_has_an_effect()
    {
        var without = new TuningRun(Space(own: 0, cores: 4), Workload.LoaderBound(4), noise: 0.02, seed: 1).Finish();
        Assert.DoesNotContain(without.Rows, row => row.Setting.PinMemory);
        var with = new TuningRun(Space(own: 0, cores: 4) with { Pins = true }, Workload.LoaderBound(4), noise: 0.02, seed: 1).Finish();
        Assert.Contains(with.Rows, row => row.Setting.PinMemory);
    }

    private static TuningSpace Space(int own, int cores) => new() { Own = new LoaderSetting(own), Cores = cores };

    private static string Named(TuningStep step) => step is TuningStep.Done done ? string.Join('\n', done.Report.Reasons) : step.ToString();
}
