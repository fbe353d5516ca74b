using System.Diagnostics;
using Experiments.Analysis.Scheduling;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Tests.Scheduling;

public class ScheduleTests
{
    [Fact]
    public void A_sweep_that_is_cut_off_anywhere_takes_the_steps_of_an_unbroken_one()
    {
        var (interruptions, skipped, rounds) = (0, 0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var sweep = new RandomSweep(seed);
            var random = new Random(seed + 1000);
            var (unbroken, assessment) = Steps(sweep, [], stopBefore: () => false);
            List<TrialResult> broken = [];
            Assessment? judged = null;
            while (judged is null)
            {
                (broken, judged) = Steps(sweep, [.. broken.Where(result => !RunsAnew(result))], stopBefore: () => random.Next(8) == 0);
                interruptions++;
            }

            Assert.Equal(unbroken.Where(result => !RunsAnew(result)).Select(Said), broken.Where(result => !RunsAnew(result)).Select(Said));
            Assert.Equal(unbroken.Select(Said).Order(StringComparer.Ordinal), broken.Select(Said).Order(StringComparer.Ordinal));
            Assert.Equal(assessment!.Configurations.Select(one => one.Verdict), judged.Configurations.Select(one => one.Verdict));
            skipped += unbroken.Count(RunsAnew);
            rounds += unbroken.Count(result => result.Purpose != TrialPurpose.Planned);
        }

        Assert.True(interruptions > 600 && skipped > 300 && rounds > 300, $"{interruptions} interruptions, {skipped} skipped, {rounds} beyond the plan"); // or nothing was tried
    }

    [Fact]
    public void What_is_foreseen_or_shares_a_cause_is_skipped_with_the_reason()
    {
        var sweep = new RandomSweep(4);
        var plan = sweep.Plan.Trials;
        var failed = SampleSweep.Trial(plan[0].Configuration, 1, 0, status: TrialStatus.Failed) with { TrialId = plan[0].Id, Diagnostics = [PyTorchDiagnostics.UnknownArgument.Error("no such argument")] };
        var blown = SampleSweep.Trial(plan[0].Configuration, 1, 0, status: TrialStatus.BlownUp) with { TrialId = plan[0].Id };

        var alike = Assert.IsType<SkipTrial>(Schedule.Next(sweep.Definition, sweep.After([failed])));
        var foreseen = Schedule.Next(sweep.Definition, sweep.After([blown, .. plan.Skip(1).TakeWhile(trial => !IsKin(trial, plan[0])).Select(trial => SampleSweep.Trial(trial.Configuration, 1, 1000) with { TrialId = trial.Id })]));

        Assert.Equal((plan[1], TrialStatus.Skipped, "EXP3129"), (alike.Trial, alike.Status, alike.Reason.Code));
        Assert.Contains("failed of EXP3124", alike.Reason.Message, StringComparison.Ordinal);
        Assert.Equal((TrialStatus.Foreseen, "EXP3009"), (Assert.IsType<SkipTrial>(foreseen).Status, ((SkipTrial)foreseen).Reason.Code));
        Assert.NotNull(((SkipTrial)foreseen).ResultAt(DateTimeOffset.UnixEpoch).Metric(MetricKeys.MemoryForeseenPeakMegabytes));
    }

    [Fact]
    public void What_the_user_wants_to_see_runs_though_it_is_foreseen_and_the_forecast_goes_with_it()
    {
        var sweep = new RandomSweep(4);
        var plan = sweep.Plan.Trials;
        var blown = SampleSweep.Trial(plan[0].Configuration, 1, 0, status: TrialStatus.BlownUp) with { TrialId = plan[0].Id };
        var so = sweep.After([blown, .. plan.Skip(1).TakeWhile(trial => !IsKin(trial, plan[0])).Select(trial => SampleSweep.Trial(trial.Configuration, 1, 1000) with { TrialId = trial.Id })]);

        var run = Assert.IsType<RunTrial>(Schedule.Next(sweep.Definition, so with { RunForeseen = true }));

        Assert.True(run.Forecast!.IsBlowUp);
    }

    [Fact]
    public void Trials_that_run_at_once_have_one_result_each_though_their_block_is_cut_off()
    {
        var largest = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var (sweep, random, results) = (new RandomSweep(seed), new Random(seed), new List<TrialResult>());
            Step step;
            while ((step = Schedule.Next(sweep.Definition, sweep.After(results))) is not Done)
            {
                if (step is SkipTrial skip)
                {
                    results.Add(skip.ResultAt(DateTimeOffset.UnixEpoch));
                    continue;
                }

                var block = Schedule.Block(sweep.Definition, sweep.After(results));
                largest = Math.Max(largest, block.Count);
                Assert.Equal(((RunTrial)step).Trial, block[0].Trial);
                var ended = block.OrderBy(_ => random.Next()).Take(random.Next(1, block.Count + 1)); // the launcher dies, and another asks for the rest
                results.AddRange(ended.Select(run => sweep.Run(run.Trial).Foreseen(run.Forecast)));
            }

            Assert.Equal(results.Count, results.DistinctBy(result => result.TrialId).Count());
            Assert.Empty(sweep.Plan.Trials.Select(trial => trial.Id).Except(results.Select(result => result.TrialId)));
        }

        Assert.True(largest > 20, $"{largest} trials at once");
    }

    [Fact]
    public void On_several_kinds_of_machine_no_repeats_are_asked_for()
    {
        var asked = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var sweep = new RandomSweep(seed);
            var so = sweep.After(sweep.Plan.Trials.Select(sweep.Run));
            asked += Schedule.Trials(sweep.Definition, so).Count - sweep.Plan.Trials.Count;
            var spread = so with { Sweep = so.Sweep with { OtherMachines = [so.Sweep.Machine with { Id = "other" }] } };
            Assert.Equal(sweep.Plan.Trials.Count, Schedule.Trials(sweep.Definition, spread).Count);
        }

        Assert.True(asked > 20, $"{asked} repeats on one machine");
    }

    [Fact]
    public void Of_a_thousand_trials_every_one_is_found_in_its_turn()
    {
        var sweep = new RandomSweep(8);
        var definition = sweep.Definition with { Repeats = 1000 / sweep.Plan.Configurations.Count };
        var plan = Planner.Create(definition, new PlanOptions());
        TrialResult[] all = [.. plan.Trials.Select(trial => SampleSweep.Trial(trial.Configuration, trial.Repeat, 1000) with { TrialId = trial.Id })];
        var so = sweep.After([]) with { Plan = plan, Baseline = null };
        using var process = Process.GetCurrentProcess();
        var started = process.TotalProcessorTime;

        for (var done = 0; done < all.Length; done += 10)
            Assert.Equal(all[done].TrialId, Assert.IsType<RunTrial>(Schedule.Next(definition, so with { Sweep = so.Sweep with { Trials = all[..done] } })).Trial.Id);

        process.Refresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"{plan.Trials.Count} trials: {10 * (process.TotalProcessorTime - started).TotalSeconds:0.00} s of CPU");
    }

    /// <summary>What a journal forgets when a sweep is resumed.</summary>
    private static bool RunsAnew(TrialResult result) => result.Status is TrialStatus.Foreseen or TrialStatus.Skipped || PyTorchDiagnostics.IsOutsideMatrix(result);

    private static bool IsKin(PlannedTrial one, PlannedTrial other) => one.Configuration.Dataset == other.Configuration.Dataset;

    private static string Said(TrialResult result) => $"{result.TrialId} {result.Purpose} {result.Status} {result.Forecast?.PeakBytes:0} {string.Join("; ", result.Diagnostics)}";

    private static (List<TrialResult> Results, Assessment? Assessment) Steps(RandomSweep sweep, List<TrialResult> results, Func<bool> stopBefore)
    {
        for (var step = 0; step < 1000; step++)
        {
            if (stopBefore())
                return (results, null);
            switch (Schedule.Next(sweep.Definition, sweep.After(results)))
            {
                case RunTrial run:
                    results.Add(sweep.Run(run.Trial).Foreseen(run.Forecast));
                    break;
                case SkipTrial skip:
                    results.Add(skip.ResultAt(DateTimeOffset.UnixEpoch));
                    break;
                case Done done:
                    return (results, done.Assessment);
            }
        }

        throw new InvalidOperationException("The sweep does not end.");
    }
}
