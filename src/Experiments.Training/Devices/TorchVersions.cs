using System.Reflection;
using TorchSharp;

namespace Experiments.Training.Devices;

/// <summary>Versions, for the record.</summary>
internal static class TorchVersions
{
    /// <summary>TorchSharp's version.</summary>
    public static string TorchSharp { get; } =
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>libtorch's version; it must be loaded.</summary>
    public static string Torch => torch.__version__;
}
