using Experiments.Training.Devices;

namespace Experiments.Training.Tests.Support;

/// <summary>Parts of a machine that a test needs: missing, it skips, or fails where EXPERIMENTS_TESTS_REQUIRE names the part.</summary>
internal static class Requirement
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

    public static void TorchSharp() => Met("torchsharp", Libtorch.Value.Problem is null, Libtorch.Value.Problem ?? "");

    public static void NoCuda()
    {
        TorchSharp();
        Assert.SkipUnless(Libtorch.Value.CudaDevices == 0, "There is a GPU; this test is about machines without.");
    }

    public static void Unix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");

    private static void Met(string part, bool present, string reason)
    {
        var required = (Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(part) || required.Contains("all"))
            Assert.True(present, $"{part} is required by EXPERIMENTS_TESTS_REQUIRE: {reason}");
        Assert.SkipUnless(present, reason);
    }
}
