using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Experiments.Core.Matrix;

namespace Experiments.Core.Tests.Matrix;

public class ConfigurationTests
{
    [Fact]
    public void The_id_is_the_hash_of_the_sorted_lines()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("dataset=MELD-DA\nnum_workers=4\npin_memory=true")));

        Assert.Equal(hash[..12], Configuration.Create(Matrices.Entry("pin_memory=true, dataset=MELD-DA, num_workers=4")).Id);
        Assert.Equal("ffd6bf858e69", hash[..12]);
    }

    [Fact]
    public void The_id_is_the_same_under_reordering_of_axes_and_values()
    {
        var ids = MatrixExpansion.Expand(Matrices.Of("dataset: A, B", "num_workers: 0, 4")).Select(configuration => configuration.Id);
        var reordered = MatrixExpansion.Expand(Matrices.Of("num_workers: 4, 0", "dataset: B, A")).Select(configuration => configuration.Id);

        Assert.Equal(ids.Order(), reordered.Order());
    }

    [Fact]
    public void The_kind_of_a_value_does_not_change_the_id()
    {
        var number = Configuration.Create(new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of(4) });
        var text = Configuration.Create(new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of("4") });

        Assert.Equal(number.Id, text.Id);
    }

    [Fact]
    public void A_line_break_in_a_value_is_not_taken_for_another_axis()
    {
        var one = Configuration.Create(new Dictionary<string, AxisValue> { ["a"] = AxisValue.Of("1\nb=2") });
        var two = Configuration.Create(Matrices.Entry("a=1, b=2"));
        var escaped = Configuration.Create(new Dictionary<string, AxisValue> { ["a"] = AxisValue.Of(@"1\nb=2") });

        Assert.Equal(3, new[] { one, two, escaped }.Distinct().Count());
    }

    [Fact]
    public void A_configuration_reads_back_from_json_in_its_order()
    {
        var configuration = Configuration.Create(Matrices.Entry("pin_memory=true, dataset=MELD-DA, num_workers=4"));
        var json = JsonSerializer.Serialize(configuration, ExperimentsJson.Compact.Configuration);
        var read = JsonSerializer.Deserialize(json, ExperimentsJson.Compact.Configuration);

        Assert.Equal(configuration, read);
        Assert.Equal("pin_memory=true dataset=MELD-DA num_workers=4", read?.Name);
    }

    [Theory]
    [InlineData("4", 4)]
    [InlineData("many", null)]
    [InlineData("-1", null)]
    [InlineData("5000000000", null)]
    public void The_number_of_workers_is_a_count_or_nothing(string value, int? expected) =>
        Assert.Equal(expected, Configuration.Create(Matrices.Entry("num_workers=" + value)).NumWorkers);

    [Fact]
    public void A_default_value_is_an_empty_text_and_takes_nothing_down()
    {
        var none = default(AxisValue);

        Assert.Equal(("", "", null, null), (none.Text, none.ToString(), none.AsInteger(), none.AsBoolean()));
        Assert.Equal(AxisValue.Of(""), none);
        Assert.Equal(AxisValue.Of("").GetHashCode(), none.GetHashCode());
    }
}
