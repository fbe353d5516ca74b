using System.Globalization;
using System.IO.Compression;

[assembly: AssemblyFixture(typeof(Experiments.Packages.Tests.Packing.PackedFeed))]

namespace Experiments.Packages.Tests.Packing;

/// <summary>The packages, packed once for all tests into a local feed, under a version that was never there before: NuGet keeps what it has seen.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private static readonly string[] Projects = ["Experiments.Core", "Experiments.Data", "Experiments.Processes", "Experiments.Training", "Experiments.Tool", "Cake.Experiments", "Experiments.MSBuild"];

    /// <summary>What the training host and a task of one's own take from a registry; it comes from the cache that this project was restored into.</summary>
    private static readonly string[] TorchPackages =
        ["torchsharp", "libtorch-cpu-*", "google.protobuf", "sharpziplib", "skiasharp", "skiasharp.nativeassets.*", "system.commandline"];

    internal string Version { get; } = Repository.Version + "-test." + DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    internal string Folder { get; } = Repository.Combine("artifacts", "test-feed");

    internal string PackageOf(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    internal List<string> FilesOf(string id)
    {
        using var package = ZipFile.OpenRead(PackageOf(id));
        return [.. package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        Put(Repository.CakeToolPackage);
        foreach (var package in TorchPackages.SelectMany(id => Directory.GetDirectories(Repository.PackageCache, id)).SelectMany(folder => Directory.GetFiles(folder, "*.nupkg", SearchOption.AllDirectories)))
            Put(package);
        foreach (var project in Projects)
        {
            var (exitCode, output) = await Shell.RunAsync(Shell.Start(Repository.Path, new Dictionary<string, string>(), "dotnet",
                "pack", $"src/{project}/{project}.csproj", "--no-build", "-nologo", "-nodeReuse:false", "-c", Repository.Configuration, "-o", Folder, $"-p:PackageVersion={Version}"));
            Assert.True(exitCode == 0 && File.Exists(PackageOf(project)), output);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Put(string package)
    {
        var place = Path.Combine(Folder, Path.GetFileName(package));
        if (OperatingSystem.IsWindows())
            File.Copy(package, place);
        else
            File.CreateSymbolicLink(place, package);
    }
}
