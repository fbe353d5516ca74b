using System.Globalization;
using Experiments.Core.Diagnostics;
using TorchSharp;

namespace Experiments.Training.Devices;

/// <summary>Finds the device that a definition asks for.</summary>
internal static class DeviceChoice
{
    private const string Cuda = "cuda";

    /// <summary>Chooses.</summary>
    /// <param name="wanted"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="cudaDevices">How many CUDA devices there are.</param>
    /// <exception cref="TrainingException">The word is none of these, or the device is not there.</exception>
    public static (DeviceType Type, int Index) Choose(string wanted, int cudaDevices)
    {
        switch (wanted)
        {
            case "cpu":
            case "auto" when cudaDevices == 0:
                return (DeviceType.CPU, -1);
            case "auto":
                return (DeviceType.CUDA, 0);
        }

        var index = 0;
        var isCuda = wanted == Cuda || (wanted.StartsWith(Cuda + ":", StringComparison.Ordinal)
            && int.TryParse(wanted.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isCuda)
            throw new TrainingException(TrainingDiagnostics.BadOption, $"--device is '{wanted}'; it can be auto, cpu, cuda or cuda:N.");
        if (index >= cudaDevices)
        {
            throw new TrainingException(
                EnvironmentDiagnostics.NoCuda,
                string.Create(CultureInfo.InvariantCulture, $"device '{wanted}' is asked for, and this process sees {cudaDevices} CUDA devices. {EnvironmentDiagnostics.NoCuda.Remedy}"));
        }

        return (DeviceType.CUDA, index);
    }
}
