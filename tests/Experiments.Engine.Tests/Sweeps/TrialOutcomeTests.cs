using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Processes.Tests;
using Experiments.Processes.Tests.Native;

namespace Experiments.Engine.Tests.Sweeps;

[Collection(nameof(Alone))]
public class TrialOutcomeTests
{
    [LinuxFact]
    public async Task A_trial_that_reports_steps_is_measured()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(SweepTest.Step);

        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.Equal(16, result.Metric(MetricKeys.SamplesPerSecond));
        Assert.NotNull(result.Metric(MetricKeys.MemoryPeakMegabytes));
        Assert.Empty(result.Diagnostics);
    }

    [LinuxFact]
    public async Task An_exit_code_is_a_failure_with_its_last_words_and_the_command_to_run_by_hand()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(SweepTest.Step + " echo 'no such file: x.npy' >&2; exit 3");

        Assert.Equal((TrialStatus.Failed, 3, null), (result.Status, result.ExitCode, result.Signal));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("EXP3001", diagnostic.Code);
        Assert.Contains("exit code 3; it last said: no such file: x.npy; by hand: cd ", diagnostic.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', diagnostic.ToString());
    }

    [LinuxTheory]
    [InlineData("after_steps", TrialStatus.Completed)] // a launcher complains of ranks that our own stop ended
    [InlineData("exit", TrialStatus.Failed)]
    public async Task A_trial_that_ended_because_its_steps_were_done_is_not_blamed_for_its_exit_code(string reason, TrialStatus status)
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(SweepTest.Step + $$""" echo '{"type":"phase","name":"end","reason":"{{reason}}"}' >> "$EXPERIMENTS_EVENTS"; exit 1""");

        Assert.Equal((status, 1), (result.Status, result.ExitCode));
    }

    [LinuxFact]
    public async Task The_script_of_a_failed_trial_runs_it_again_by_hand()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request("echo \"$EXPERIMENTS_AXIS_N $EXPERIMENTS_SWEEP_ID\"; exit 3");
        var result = await SweepTest.RunAsync(request);
        var folder = sweep.FolderOf(result.SweepId).Trial(result.Trials[0].TrialId);

        using var run = new ProcessRun();
        var exit = await run.RunAsync(run.Shell("", []) with { Arguments = [folder.Script] });

        Assert.Equal(3, exit.ExitCode);
        Assert.Equal("1 \n", await File.ReadAllTextAsync(run.StandardOutput, TestContext.Current.CancellationToken));
    }

    [LinuxFact]
    public async Task A_signal_is_named()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync("kill -11 $$");

        Assert.Equal((TrialStatus.Failed, null, 11), (result.Status, result.ExitCode, result.Signal));
        Assert.Contains("SIGSEGV", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_trial_past_its_timeout_is_timed_out()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync("sleep 60", new Limits { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(TrialStatus.TimedOut, result.Status);
        Assert.StartsWith("still running after 0.3 s and 0 steps", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_trial_that_tells_nothing_for_too_long_hangs()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(SweepTest.Step + " sleep 60", new Limits { StallTimeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(TrialStatus.TimedOut, result.Status);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("EXP3015", diagnostic.Code);
        Assert.StartsWith("nothing reported for 0.3 s, after 1 steps", diagnostic.Message, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData(-8, "0.01")]
    [InlineData(8, "-0.01")]
    [InlineData(8, "0")]
    public async Task A_trial_whose_steps_make_no_rate_is_not_measured_and_is_told_why(int samples, string seconds)
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync($"for i in 1 2 3; do echo '{{\"type\":\"step\",\"step\":'$i',\"samples\":{samples},\"wait_s\":0,\"step_s\":{seconds}}}' >> $EXPERIMENTS_EVENTS; done");

        Assert.Equal(TrialStatus.NotMeasured, result.Status);
        Assert.StartsWith("exit code 0, and 3 steps reported, of which the samples or the times are not above 0", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_trial_that_reports_nothing_is_not_measured()
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync("echo done");

        Assert.Equal(TrialStatus.NotMeasured, result.Status);
        Assert.Equal("EXP3005", Assert.Single(result.Diagnostics).Code);
    }

    [LinuxFact]
    public async Task A_program_that_is_not_there_fails_its_trials_and_no_more()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request("", trials: 2);
        request = request with { Definition = request.Definition with { Train = new CommandTask { Command = ["./train.sh"] } } };

        var result = await SweepTest.RunAsync(request);

        Assert.All(result.Trials, trial => Assert.Equal("EXP3006", Assert.Single(trial.Diagnostics).Code));
        Assert.Equal(2, result.Trials.Count);
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("proc")]
    public async Task A_trial_that_takes_too_much_memory_is_blown_up_and_the_next_runs(string memory)
    {
        using var sweep = new SweepTest();
        var program = NativeProgram.Memory();
        var request = sweep.Request(
            $"[ $1 = 2 ] || exec {program} private 400 30000; {SweepTest.Step}",
            trials: 2,
            new Limits { Memory = new MemoryLimit(150L * 1024 * 1024, null) },
            memory);

        var result = await SweepTest.RunAsync(request);

        Assert.Equal([TrialStatus.BlownUp, TrialStatus.Completed], result.Trials.Select(trial => trial.Status));
        Assert.Equal("EXP3004", Assert.Single(result.Trials[0].Diagnostics).Code);
        Assert.InRange(result.Trials[0].DurationSeconds, 0, 10);
    }

    [LinuxFact]
    public async Task A_worker_that_the_kernel_ended_blows_up_the_trial_though_its_parent_goes_on()
    {
        ProcessRun.RequireGroups();
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(
            $"{NativeProgram.Memory()} private 400 30000; {SweepTest.Step} sleep 20", new Limits { Memory = new MemoryLimit(150L * 1024 * 1024, null) });

        Assert.Equal(TrialStatus.BlownUp, result.Status);
        Assert.InRange(result.DurationSeconds, 0, 10);
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("proc")]
    public async Task A_trial_with_too_many_processes_is_ended_and_the_next_runs(string memory)
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(
            $"if [ $1 = 1 ]; then for i in 1 2 3 4 5 6 7 8; do sleep 30 & done; fi; {SweepTest.Step} [ $1 = 2 ] || wait", trials: 2, new Limits { Processes = 5 }, memory);

        var result = await SweepTest.RunAsync(request);

        Assert.Equal([TrialStatus.Failed, TrialStatus.Completed], result.Trials.Select(trial => trial.Status));
        Assert.InRange(result.Trials[0].DurationSeconds, 0, 10);
        var diagnostic = Assert.Single(result.Trials[0].Diagnostics, one => one.Code == "EXP3014");
        Assert.Matches("^[6-9] processes, where the limit is 5; ended after 1 steps", diagnostic.Message);
    }

    [LinuxFact]
    public async Task Processes_left_behind_are_ended_and_said()
    {
        using var sweep = new SweepTest();
        var mark = $"9{Random.Shared.Next(100_000, 999_999)}";

        var result = await sweep.RunOneAsync(SweepTest.Step + $"setsid sleep {mark} &");

        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.Equal("EXP3008", Assert.Single(result.Diagnostics).Code);
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("proc")]
    public async Task A_leak_in_one_child_is_seen_as_growth_and_the_child_named(string memory)
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync($"exec {NativeProgram.Memory()} grow 1 80 50", memory: memory);

        var processes = result.Telemetry!.Processes;
        Assert.Equal(["memory", "memory"], processes.Select(process => process.Name));
        Assert.Equal(processes[1].Id, processes[0].ParentId); // the child holds more
        Assert.InRange(processes[0].GrowthMegabytesPerStep ?? 0, 0.6, 1.6); // looked at four times a second, a busy machine permitting
        Assert.InRange(processes[1].GrowthMegabytesPerStep ?? 1, -0.01, 0.01);
        Assert.InRange(result.Metric(MetricKeys.MemoryGrowthMegabytesPerStep) ?? 0, 0.7, 1.4);
    }

    [LinuxFact]
    public async Task Metrics_are_found_in_the_output_of_a_command()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request("echo 'epoch 1: 120.5 img/s loss=0.7'; echo 'epoch 2: 130.5 img/s loss=0.6'");
        var task = (CommandTask)request.Definition.Train;
        var patterns = new Dictionary<string, string> { [MetricKeys.SamplesPerSecond] = @"([\d.]+) img/s", [MetricKeys.TrainLoss] = @"loss=([\d.]+)" };

        var result = await SweepTest.RunAsync(request with { Definition = request.Definition with { Train = task with { Metrics = patterns } } });

        Assert.Equal(TrialStatus.Completed, result.Trials[0].Status);
        Assert.Equal((130.5, 0.6), (result.Trials[0].Metric(MetricKeys.SamplesPerSecond), result.Trials[0].Metric(MetricKeys.TrainLoss)));
    }
}
