using System.Reflection;

namespace Experiments.Packages.Tests.Packing;

/// <summary>Where this project was built from, and how.</summary>
internal static class Repository
{
    public static string Path { get; } = Metadata("Repository");

    public static string CakeToolPackage { get; } = Metadata("CakeToolPackage");

    /// <summary>The cache of all packages that was restored into.</summary>
    public static string PackageCache { get; } = Metadata("PackageCache");

    /// <summary><c>Debug</c> or <c>Release</c>: what is packed was built as these tests were.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>What a pack without further words makes, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Core.Results.ExitCodes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
