using Experiments.Training.Devices;
using TorchSharp;

namespace Experiments.Training.Tests.Devices;

public sealed class DeviceChoiceTests
{
    [Theory]
    [InlineData("auto", 0, DeviceType.CPU, -1)]
    [InlineData("auto", 2, DeviceType.CUDA, 0)]
    [InlineData("cpu", 2, DeviceType.CPU, -1)]
    [InlineData("cuda", 1, DeviceType.CUDA, 0)]
    [InlineData("cuda:1", 2, DeviceType.CUDA, 1)]
    public void Devices_are_chosen_by_word(string wanted, int there, DeviceType type, int index) =>
        Assert.Equal((type, index), DeviceChoice.Choose(wanted, there));

    [Theory]
    [InlineData("cuda", 0, "EXP5001")]
    [InlineData("cuda:2", 2, "EXP5001")]
    [InlineData("cuda:-1", 2, "EXP3205")]
    [InlineData("cuda:", 2, "EXP3205")]
    [InlineData("gpu", 2, "EXP3205")]
    public void Devices_that_are_not_there_are_refused(string wanted, int there, string code) =>
        Assert.Equal(code, Assert.Throws<TrainingException>(() => DeviceChoice.Choose(wanted, there)).Diagnostic.Code);
}
