using TorchSharp;

namespace Experiments.Training.Tests;

public sealed class TrainingContextTests
{
    [Fact]
    public void Settings_that_nobody_asked_for_are_known()
    {
        var context = Create(("rate", "0.5"), ("color", "blue"));
        Assert.Equal((0.5, 7, "none"), (context.Setting("rate", 1), context.Setting("depth", 7), context.Setting("kind", "none")));
        Assert.Equal(["color"], context.UnusedSettings);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("NaN")]
    [InlineData("0,5")]
    [InlineData("11")]
    [InlineData("-1")]
    public void A_setting_that_is_no_number_in_range_is_refused(string value) =>
        Assert.Equal("EXP3204", Assert.Throws<TrainingException>(() => Create(("rate", value)).Setting("rate", 1, 0, 10)).Diagnostic.Code);

    private static TrainingContext Create(params (string, string)[] settings) =>
        new(settings.ToDictionary(pair => pair.Item1, pair => pair.Item2)) { Dataset = "d", DatasetPath = "/d", Device = new torch.Device(DeviceType.CPU), Seed = 0 };
}
