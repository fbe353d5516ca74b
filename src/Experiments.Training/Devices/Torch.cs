using System.Runtime.InteropServices;
using Experiments.Core.Diagnostics;
using TorchSharp;

namespace Experiments.Training.Devices;

/// <summary>Loads libtorch and sets its threads.</summary>
internal static partial class Torch
{
    /// <summary>
    /// Must come before libtorch is loaded. OpenMP's threads would otherwise spin between operations, and take from the loader's workers the
    /// cores that they need; the variables of the environment win.
    /// </summary>
    public static void PrepareEnvironment()
    {
        if (OperatingSystem.IsWindows())
            return;
        _ = SetEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);
    }

    /// <summary>Loads libtorch.</summary>
    /// <returns>The number of CUDA devices.</returns>
    /// <exception cref="TrainingException">It cannot be loaded.</exception>
    public static int Load()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
        catch (Exception problem) when (problem is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            throw new TrainingException(TrainingDiagnostics.NoTorch, $"libtorch cannot be loaded: {problem.GetBaseException().Message} {TrainingDiagnostics.NoTorch.Remedy}", problem);
        }
    }

    /// <summary>Sets the threads of a single operation, and one for operations beside each other.</summary>
    /// <param name="threads">0 chooses: half of the cores, so that loader workers find some, the same for any number of workers.</param>
    public static int SetThreads(int threads)
    {
        var chosen = threads > 0 ? threads : Math.Max(1, Environment.ProcessorCount / 2);
        torch.set_num_threads(chosen);
        torch.set_num_interop_threads(1);
        return chosen;
    }

    // .NET's own SetEnvironmentVariable does not reach native code on Unix.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
