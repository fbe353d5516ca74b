using Experiments.Core.Definitions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Tests;

public class QuantitiesTests
{
    [Theory]
    [InlineData("12GiB", 12d * 1024 * 1024 * 1024)]
    [InlineData("1.5 MiB", 1.5 * 1024 * 1024)]
    [InlineData("500MB", 500e6)]
    [InlineData("2kB", 2000d)]
    [InlineData("2KB", 2000d)]
    [InlineData("0B", 0d)]
    [InlineData("12", null)]
    [InlineData("12G", null)]
    [InlineData("12gib", null)]
    [InlineData("-1GiB", null)]
    [InlineData("1,5GiB", null)]
    [InlineData("1e3MB", null)]
    [InlineData("GiB", null)]
    [InlineData("", null)]
    public void Sizes_are_numbers_with_a_unit(string text, double? expected) => Assert.Equal(expected, Quantities.Bytes(text));

    [Theory]
    [InlineData("1MiB/step", 1024d * 1024)]
    [InlineData("0.5 kB /step", 500d)]
    [InlineData("1MiB", null)]
    [InlineData("/step", null)]
    public void Growth_is_a_size_for_each_step(string text, double? expected) => Assert.Equal(expected, Quantities.BytesPerStep(text));

    [Theory]
    [InlineData("15m", 900d)]
    [InlineData("90s", 90d)]
    [InlineData("1h30m", 5400d)]
    [InlineData("1.5h", 5400d)]
    [InlineData("250ms", 0.25)]
    [InlineData("1d2h3m4s5ms", 93784.005)]
    [InlineData("30m1h", null)]
    [InlineData("1m1m", null)]
    [InlineData("15", null)]
    [InlineData("15M", null)]
    [InlineData("-1m", null)]
    [InlineData("1:30", null)]
    [InlineData("", null)]
    public void Durations_are_numbers_with_units_from_large_to_small(string text, double? seconds) =>
        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, Quantities.Duration(text));

    [Theory]
    [InlineData("5%", 5d)]
    [InlineData("2.5 %", 2.5)]
    [InlineData("0.05", 5d)]
    [InlineData(".07", 7d)]
    [InlineData("0", 0d)]
    [InlineData("1", 100d)]
    [InlineData("150%", 150d)]
    [InlineData("5", null)]
    [InlineData("-5%", null)]
    [InlineData("%", null)]
    [InlineData("0,05", null)]
    [InlineData("1e-2", null)]
    public void Percentages_have_a_sign_or_are_fractions_of_one(string text, double? expected) => Assert.Equal(expected, Quantities.Percent(text));

    [Fact]
    public void Numbers_without_bound_stay_numbers()
    {
        var digits = new string('9', 400);

        Assert.Equal(new MemoryLimit(long.MaxValue, null), Quantities.Memory(digits + "GiB"));
        Assert.Equal(TimeSpan.MaxValue, Quantities.Duration(digits + "d"));
        Assert.Equal(double.PositiveInfinity, Quantities.Percent(digits + "%"));
        Assert.Null(Quantities.Percent(digits));
    }
}
