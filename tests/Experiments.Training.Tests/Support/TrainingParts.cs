using Experiments.Training.Devices;

namespace Experiments.Training.Tests.Support;

/// <summary>What the training tests need of the machine.</summary>
internal static class TrainingParts
{
    private static readonly Lazy<(string? Problem, int CudaDevices)> Libtorch = new(() =>
    {
        try
        {
            return (null, Torch.Load());
        }
        catch (TrainingException problem)
        {
            return (problem.Message, 0);
        }
    });

    public static void TorchSharp() => Requirement.Met("torchsharp", Libtorch.Value.Problem is null, Libtorch.Value.Problem ?? "");

    public static void NoCuda()
    {
        TorchSharp();
        Assert.SkipUnless(Libtorch.Value.CudaDevices == 0, "There is a GPU; this test is about machines without.");
    }

    public static void Unix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
}
