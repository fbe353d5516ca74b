using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Measurements;

public class PilotTests
{
    private static readonly CommandTask Command = new() { Command = ["x"], WarmupSteps = 5 };

    [Fact]
    public void A_trial_that_ended_after_the_steps_it_was_asked_for_runs_again_with_enough_of_them() =>
        Assert.Equal(720, Pilot.Again(Command, Result(steps: 20, seconds: 0.1), asked: 20)); // 600 take 3 s

    [Fact]
    public void A_task_that_counts_its_warm_up_among_the_steps_is_a_pilot_too() =>
        Assert.Equal(540, Pilot.Again(Command, Result(steps: 15, seconds: 0.1), asked: 20));

    [Theory]
    [InlineData(20, 3.1)] // long enough
    [InlineData(700, 2.0)] // it does not go by the number
    [InlineData(9, 0.1)] // it ended by itself: more steps would not make it longer
    public void Others_do_not_run_again(int steps, double seconds) => Assert.Null(Pilot.Again(Command, Result(steps, seconds), asked: 20));

    [Fact]
    public void A_failed_trial_does_not_run_again() =>
        Assert.Null(Pilot.Again(Command, Result(20, 0.1) with { Status = TrialStatus.Failed }, asked: 20));

    [Fact]
    public void Where_the_definition_states_the_steps_there_is_no_pilot()
    {
        var task = Command with { Steps = 20 };

        Assert.Null(Pilot.Again(task, Result(20, 0.1), asked: 20));
        Assert.Equal(20, Pilot.StepsOf(task, Trial, [Result(20, 0.1)]));
    }

    [Fact]
    public void A_script_that_is_given_the_steps_as_an_argument_may_know_only_them()
    {
        var script = new PyTorchTask { Script = "/train.py" };

        Assert.False(Pilot.IsPossible(script));
        Assert.True(Pilot.IsPossible(script with { Args = ["--max_steps={steps}"] }));
        Assert.False(Pilot.IsPossible(script with { Args = ["${steps} {{steps}}"] }));
    }

    [Fact]
    public void Later_trials_of_the_configuration_are_asked_for_as_many_from_the_start()
    {
        var other = Result(20, 0.01) with { Configuration = Of(8) };

        Assert.Equal(20, Pilot.StepsOf(Command, Trial, [other]));
        Assert.Equal(720, Pilot.StepsOf(Command, Trial, [Result(700, 3.5), other]));
        Assert.Equal(20, Pilot.StepsOf(Command, Trial, [Result(20, 90)]));
    }

    private static PlannedTrial Trial => new(Of(2), 2);

    private static Configuration Of(int workers) =>
        Configuration.Create(new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of(workers) });

    private static TrialResult Result(int steps, double seconds) => new()
    {
        TrialId = "x-1",
        Configuration = Of(2),
        Repeat = 1,
        Status = TrialStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Metrics = new Dictionary<string, double> { [MetricKeys.MeasuredSteps] = steps, [MetricKeys.MeasuredSeconds] = seconds },
    };
}
