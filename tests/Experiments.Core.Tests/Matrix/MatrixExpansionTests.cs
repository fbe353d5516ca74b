using Experiments.Core.Matrix;

namespace Experiments.Core.Tests.Matrix;

public class MatrixExpansionTests
{
    [Fact]
    public void The_values_of_a_configuration_are_a_dictionary_in_the_order_of_the_matrix()
    {
        var matrix = new MatrixDefinition
        {
            Axes = [new Axis { Name = "b", Values = [AxisValue.Of(1), AxisValue.Of(2)] }, new Axis { Name = "a", Values = [AxisValue.Of("x")] }],
            Include = [Matrices.Entry("b=1, c=3"), Matrices.Entry("b=1, c=4, d=5")],
        };

        var values = MatrixExpansion.Expand(matrix)[0].Values;

        Assert.Equal(["b=1", "a=x", "c=4", "d=5"], values.Select(value => $"{value.Key}={value.Value}"));
        Assert.Equal((4, "x", true, false), (values.Count, values["a"].Text, values.ContainsKey("d"), values.TryGetValue("e", out _)));
        Assert.Equal(["b", "a", "c", "d"], values.Keys);
        Assert.Equal(["1", "x", "4", "5"], values.Values.Select(value => value.Text));
        Assert.Throws<KeyNotFoundException>(() => values["e"]);
        Assert.Equal(["b", "a"], MatrixExpansion.Expand(matrix)[1].Values.Keys);
    }

    private static readonly MatrixDefinition Loader = Matrices.Of("dataset: A, B", "num_workers: 0, 4", "pin_memory: false, true");

    [Fact]
    public void The_last_axis_varies_fastest()
    {
        Assert.Equal(
            [
                "dataset=A num_workers=0 pin_memory=false", "dataset=A num_workers=0 pin_memory=true",
                "dataset=A num_workers=4 pin_memory=false", "dataset=A num_workers=4 pin_memory=true",
                "dataset=B num_workers=0 pin_memory=false", "dataset=B num_workers=0 pin_memory=true",
                "dataset=B num_workers=4 pin_memory=false", "dataset=B num_workers=4 pin_memory=true",
            ],
            Loader.Names());
    }

    [Fact]
    public void Excluded_configurations_are_not_planned()
    {
        Assert.Equal(
            ["dataset=A num_workers=4 pin_memory=false", "dataset=A num_workers=4 pin_memory=true", "dataset=B num_workers=0 pin_memory=true"],
            Loader.Excluding("dataset=B, num_workers=4", "dataset=A, num_workers=0", "dataset=B, pin_memory=false").Names());
    }

    [Fact]
    public void An_exclude_that_matches_nothing_leaves_all() =>
        Assert.Equal(8, Loader.Excluding("dataset=C", "dataset=A, num_workers=1").Names().Length);

    [Fact]
    public void The_example_of_GitHubs_documentation_expands_as_it_says()
    {
        var matrix = Matrices.Of("fruit: apple, pear", "animal: cat, dog").Including(
            "color=green", "color=pink, animal=cat", "fruit=apple, shape=circle", "fruit=banana", "fruit=banana, animal=cat");

        Assert.Equal(
            [
                "fruit=apple animal=cat color=pink shape=circle",
                "fruit=apple animal=dog color=green shape=circle",
                "fruit=pear animal=cat color=pink",
                "fruit=pear animal=dog color=green",
                "fruit=banana",
                "fruit=banana animal=cat",
            ],
            matrix.Names());
    }

    [Fact]
    public void An_include_with_only_values_of_the_axes_that_is_there_changes_nothing() =>
        Assert.Equal(Loader.Names(), Loader.Including("dataset=A, num_workers=4").Names());

    [Fact]
    public void An_include_brings_back_what_an_exclude_removed()
    {
        var matrix = Matrices.Of("num_workers: 0, 4").Excluding("num_workers=4").Including("num_workers=4, batch_size=8");

        Assert.Equal(["num_workers=0", "num_workers=4 batch_size=8"], matrix.Names());
    }

    [Fact]
    public void A_matrix_of_includes_alone_has_exactly_these() =>
        Assert.Equal(["site=a", "site=b os=c"], Matrices.Of().Including("site=a", "site=b, os=c").Names());

    [Fact]
    public void Two_equal_includes_are_one_configuration() =>
        Assert.Equal(["num_workers=0", "num_workers=8"], Matrices.Of("num_workers: 0").Including("num_workers=8", "num_workers=8").Names());

    [Fact]
    public void A_matrix_without_axes_and_includes_is_empty() => Assert.Empty(Matrices.Of().Names());

    [Fact]
    public void The_product_of_many_axes_does_not_overflow()
    {
        var axes = Enumerable.Range(0, 70).Select(axis => $"a{axis}: 0, 1").ToArray();

        Assert.Equal(long.MaxValue, MatrixExpansion.CountProduct(Matrices.Of(axes)));
        Assert.Equal(8, MatrixExpansion.CountProduct(Loader));
    }
}
