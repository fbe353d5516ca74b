using Experiments.Core.Plans;
using Experiments.Core.Tests.Matrix;

namespace Experiments.Core.Tests.Plans;

public class ConfigurationFilterTests
{
    private static readonly Core.Definitions.ExperimentDefinition Definition = PlannerTests.Experiment(
        Matrices.Of("dataset: A, B", "num_workers: 0, 2, 4", "env.OPTS: a,b, c").Including("dataset=C, num_workers=8"));

    [Theory]
    [InlineData((2 * 3 * 2) + 1)]
    [InlineData(4, "num_workers=4")]
    [InlineData(8, "num_workers=4,0")]
    [InlineData(8, "num_workers=4", "num_workers=0")]
    [InlineData(2, "num_workers=4", "dataset=A")]
    [InlineData(2, " num_workers = 4 ", "dataset=A")]
    [InlineData(1, "num_workers=8")]
    [InlineData(1, "dataset=C")]
    public void Filters_of_one_axis_are_alternatives_and_of_several_must_all_hold(int expected, params string[] filters) =>
        Assert.Equal(expected, Planner.Create(Definition, new PlanOptions { Filters = filters }).Configurations.Count);

    [Fact]
    public void A_value_with_a_comma_is_found_as_a_whole()
    {
        var matrix = new Core.Matrix.MatrixDefinition
        {
            Axes = [new Core.Matrix.Axis { Name = "opts", Values = [Core.Matrix.AxisValue.Of("a,b"), Core.Matrix.AxisValue.Of("")] }],
        };

        Assert.Equal("opts=a,b", Assert.Single(Planner.Create(PlannerTests.Experiment(matrix), new PlanOptions { Filters = ["opts=a,b"] }).Configurations).Name);
        Assert.Equal("opts=", Assert.Single(Planner.Create(PlannerTests.Experiment(matrix), new PlanOptions { Filters = ["opts="] }).Configurations).Name);
    }

    [Theory]
    [InlineData("num_wrokers=4", "the matrix has no axis \"num_wrokers\"; did you mean \"num_workers\"? Valid axes: dataset, num_workers, env.OPTS")]
    [InlineData("num_workers=3", "axis num_workers has no value \"3\"; valid values: 0, 2, 4, 8")]
    [InlineData("num_workers", "\"num_workers\" is no filter; write axis=value or axis=value,value")]
    [InlineData("=4", "\"=4\" is no filter; write axis=value or axis=value,value")]
    public void A_filter_that_names_nothing_is_a_diagnostic(string filter, string message)
    {
        var planning = Planner.TryCreate(Definition, new PlanOptions { Filters = [filter] });

        Assert.Null(planning.Plan);
        Assert.Equal($"experiments: error EXP1027: {message}", Assert.Single(planning.Diagnostics).ToString());
    }

    [Fact]
    public void All_wrong_options_are_told_at_once() =>
        Assert.Equal(
            ["EXP1027", "EXP1027", "EXP1028", "EXP1013"],
            Planner.TryCreate(Definition, new PlanOptions { Filters = ["x=1", "dataset=Z"], Shard = "x", Repeats = 1001 }).Diagnostics.Select(diagnostic => diagnostic.Code));
}
