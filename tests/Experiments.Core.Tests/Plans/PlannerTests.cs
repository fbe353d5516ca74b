using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Tests.Matrix;

namespace Experiments.Core.Tests.Plans;

public class PlannerTests
{
    private static readonly ExperimentDefinition Definition = Experiment(
        Matrices.Of("num_workers: 4, 0, 2, 1", "dataset: A, B, C", "pin_memory: false, true"), repeats: 3);

    [Fact]
    public void Every_configuration_runs_once_in_each_round()
    {
        var plan = Planner.Create(Definition, new PlanOptions());

        Assert.Equal(72, plan.Trials.Count);
        Assert.Equal(Enumerable.Range(0, 72).Select(trial => 1 + (trial / 24)), plan.Trials.Select(trial => trial.Repeat));
        Assert.All(plan.Trials.Chunk(24), round => Assert.Equal(plan.Configurations.ToHashSet(), round.Select(trial => trial.Configuration).ToHashSet()));
    }

    [Fact]
    public void Workers_rise_in_the_first_round_only()
    {
        var rounds = Planner.Create(Definition, new PlanOptions()).Trials.Select(trial => trial.Configuration.NumWorkers).Chunk(24).ToArray();

        Assert.Equal(rounds[0].Order(), rounds[0]);
        Assert.NotEqual(rounds[1].Order(), rounds[1]);
        Assert.NotEqual(rounds[1], rounds[2]);
    }

    [Fact]
    public void The_seed_decides_the_order()
    {
        string Order(int? seed) => string.Join(' ', Planner.Create(Definition, new PlanOptions { Seed = seed }).Trials.Select(trial => trial.Id));

        Assert.Equal(Order(7), Order(7));
        Assert.NotEqual(Order(7), Order(8));
        Assert.Equal(Order(null), Order(Definition.Seed));
    }

    [Fact]
    public void Moving_axes_and_values_in_the_file_does_not_change_the_order()
    {
        var moved = Experiment(Matrices.Of("pin_memory: true, false", "dataset: C, A, B", "num_workers: 0, 1, 2, 4"), repeats: 3);

        Assert.Equal(
            Planner.Create(Definition, new PlanOptions()).Trials.Select(trial => trial.Id),
            Planner.Create(moved, new PlanOptions()).Trials.Select(trial => trial.Id));
    }

    [Fact]
    public void Repeats_can_be_chosen_for_one_plan() =>
        Assert.Equal(24, Planner.Create(Definition, new PlanOptions { Repeats = 1 }).Trials.Count);

    [Theory]
    [InlineData("1/1", 24)]
    [InlineData("2/5", 5)]
    [InlineData("5/5", 4)]
    public void A_shard_is_an_equal_part(string shard, int expected) =>
        Assert.Equal(expected, Planner.Create(Definition, new PlanOptions { Shard = shard }).Configurations.Count);

    [Fact]
    public void Every_configuration_is_in_exactly_one_shard()
    {
        var parts = Enumerable.Range(1, 5).SelectMany(part => Planner.Create(Definition, new PlanOptions { Shard = $"{part}/5" }).Configurations);

        Assert.Equal(MatrixExpansion.Expand(Definition.Matrix).Select(whole => whole.Id).Order(), parts.Select(part => part.Id).Order());
    }

    [Fact]
    public void No_shard_gets_all_configurations_of_one_worker_count()
    {
        var workers = Planner.Create(Definition, new PlanOptions { Shard = "1/4" }).Configurations.Select(configuration => configuration.NumWorkers);

        Assert.True(workers.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData("repeats is 0; it must be 1 to 1000", "EXP1013", null, 0)]
    [InlineData("\"0/3\" is no shard; write I/N with I from 1 to N, such as 2/5", "EXP1028", "0/3", 1)]
    [InlineData("\"4/3\" is no shard; write I/N with I from 1 to N, such as 2/5", "EXP1028", "4/3", 1)]
    [InlineData("\"half\" is no shard; write I/N with I from 1 to N, such as 2/5", "EXP1028", "half", 1)]
    [InlineData("no configuration is left to run", "EXP1029", "30/30", 1)]
    public void Options_that_are_wrong_are_diagnostics(string message, string code, string? shard, int repeats)
    {
        var planning = Planner.TryCreate(Definition, new PlanOptions { Shard = shard, Repeats = repeats });

        var diagnostic = Assert.Single(planning.Diagnostics);
        Assert.Null(planning.Plan);
        Assert.Equal((code, message), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void More_trials_than_a_sweep_can_have_are_refused_before_they_are_made()
    {
        var axes = Enumerable.Range(0, 60).Select(axis => $"a{axis}: 0, 1").ToArray();

        var planning = Planner.TryCreate(Experiment(Matrices.Of(axes)), new PlanOptions());

        Assert.Equal("EXP1026", Assert.Single(planning.Diagnostics).Code);
        Assert.Equal(
            "1200 configurations × 1000 repeats are more than the 1000000 trials that a sweep can have",
            Assert.Throws<ArgumentException>(() => Planner.Create(
                Experiment(Matrices.Of("a: " + string.Join(", ", Enumerable.Range(0, 1200)))), new PlanOptions { Repeats = 1000 })).Message.Split(" (Param")[0]);
    }

    internal static ExperimentDefinition Experiment(MatrixDefinition matrix, int repeats = 1) => new()
    {
        Name = "test",
        File = "test.yaml",
        Train = new CommandTask { Command = ["true"] },
        Matrix = matrix,
        Repeats = repeats,
    };
}
