using System.Reflection;

namespace Experiments.Training.Tests.Support;

/// <summary>Where the build put things.</summary>
internal static class Built
{
    public static string Host { get; } = Output("Experiments.Training", OperatingSystem.IsWindows() ? "Experiments.Training.exe" : "Experiments.Training");

    public static string OwnTask { get; } = Output("OwnTask", "OwnTask.dll");

    private static string Output(string project, string file) => Path.Combine(Metadata("ArtifactsBin"), project, Metadata("Configuration"), file);

    private static string Metadata(string key) => typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
