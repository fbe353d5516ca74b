using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Experiments.Packages.Tests.Packing;

public class PackageTests(PackedFeed feed)
{
    [Theory]
    [InlineData("Cake.Experiments")]
    [InlineData("Experiments.MSBuild")]
    [InlineData("Experiments.Tool")]
    public void A_package_has_readme_icon_licence_and_no_dependencies(string id)
    {
        AssertDescribed(id);
        Assert.Empty(Dependencies(id));
    }

    [Theory]
    [InlineData("Experiments.Core")]
    [InlineData("Experiments.Processes")]
    [InlineData("Experiments.Data", "SharpZipLib", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies", "TorchSharp")]
    [InlineData("Experiments.Training", "Experiments.Core", "Experiments.Data", "SharpZipLib", "System.CommandLine", "TorchSharp")]
    public void A_library_names_what_it_needs_and_no_libtorch(string id, params string[] dependencies)
    {
        AssertDescribed(id);
        Assert.Equal(dependencies, Dependencies(id));
    }

    [Fact]
    public void The_cake_addin_brings_core_and_nothing_else() =>
        Assert.Equal(
            ["lib/net10.0/Cake.Experiments.dll", "lib/net10.0/Cake.Experiments.xml", "lib/net10.0/Experiments.Core.dll", "lib/net10.0/Experiments.Core.xml", "lib/net10.0/Experiments.Definitions.dll", "lib/net10.0/Experiments.Definitions.xml"],
            feed.FilesOf("Cake.Experiments").Where(file => file.StartsWith("lib/", StringComparison.Ordinal)));

    [Fact]
    public void The_msbuild_package_has_nothing_to_reference()
    {
        var files = feed.FilesOf("Experiments.MSBuild");

        Assert.DoesNotContain(files, file => file.StartsWith("lib/", StringComparison.Ordinal) || file.StartsWith("ref/", StringComparison.Ordinal));
        Assert.Contains("tasks/netstandard2.0/Experiments.MSBuild.dll", files);
        Assert.Contains("tools/net10.0/Experiments.Tool.dll", files);
        foreach (var folder in new[] { "build", "buildTransitive", "buildMultiTargeting" })
            Assert.Equal(2, files.Count(file => file.StartsWith($"{folder}/Experiments.MSBuild.", StringComparison.Ordinal)));
        Assert.Equal("true", Value(Nuspec("Experiments.MSBuild"), "developmentDependency"));
    }

    [Fact]
    public void The_task_needs_nothing_but_msbuild() =>
        Assert.Equal(
            ["Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core", "netstandard"],
            References("Experiments.MSBuild", "tasks/netstandard2.0/Experiments.MSBuild.dll"));

    [Fact]
    public void The_tool_has_no_libtorch_and_its_size_is_told()
    {
        Assert.DoesNotContain(feed.FilesOf("Experiments.Tool"), file => file.Contains("libtorch", StringComparison.OrdinalIgnoreCase) || file.Contains("torch_c", StringComparison.OrdinalIgnoreCase));
        Assert.True(new FileInfo(feed.PackageOf("Experiments.Tool")).Length < 40e6, "the tool's package has grown"); // half of it draws the pictures, on Linux and Windows
        foreach (var id in new[] { "Experiments.Tool", "Experiments.MSBuild", "Cake.Experiments" })
            TestContext.Current.TestOutputHelper!.WriteLine($"{id}: {new FileInfo(feed.PackageOf(id)).Length / 1e6:F1} MB");
    }

    [Theory]
    [InlineData("Experiments.Tool", "tools/net10.0/any")]
    [InlineData("Experiments.MSBuild", "tools/net10.0")]
    public void The_command_carries_the_training_host_and_the_probe(string id, string folder) =>
        Assert.Superset(
            new HashSet<string>(
            [
                "probe/sitecustomize.py", "training/Directory.Packages.props", "training/Experiments.Core.dll", "training/Experiments.Data.dll", "training/Experiments.Training.csproj",
                "training/Experiments.Training.dll", "training/Host.props", "training/TorchSharp/RelaxVersionNeeds.cs", "training/TorchSharp/TorchSharp.targets",
            ]),
            feed.FilesOf(id).Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)).Select(file => file[(folder.Length + 1)..]).ToHashSet());

    [Theory]
    [InlineData("Cake.Experiments", "lib/net10.0/Cake.Experiments.dll")]
    [InlineData("Experiments.MSBuild", "tasks/netstandard2.0/Experiments.MSBuild.dll")]
    public void An_assembly_carries_its_symbols_and_is_built_deterministically(string id, string path)
    {
        using var image = Image(id, path);
        var entries = image.ReadDebugDirectory().Select(entry => entry.Type).ToList();

        Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, entries);
        Assert.Contains(DebugDirectoryEntryType.Reproducible, entries);
    }

    private void AssertDescribed(string id)
    {
        var nuspec = Nuspec(id);
        Assert.Contains("README.md", feed.FilesOf(id));
        Assert.Contains("icon.png", feed.FilesOf(id));
        Assert.Equal(("README.md", "icon.png", "MIT"), (Value(nuspec, "readme"), Value(nuspec, "icon"), Value(nuspec, "license")));
        Assert.NotEqual("Package Description", Value(nuspec, "description"));
    }

    private List<string> Dependencies(string id) =>
        [.. Nuspec(id).Descendants().Where(item => item.Name.LocalName == "dependency").Select(item => item.Attribute("id")!.Value).Order(StringComparer.Ordinal)];

    private XElement Nuspec(string id)
    {
        using var package = ZipFile.OpenRead(feed.PackageOf(id));
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XElement.Load(stream);
    }

    private PEReader Image(string id, string path)
    {
        using var package = ZipFile.OpenRead(feed.PackageOf(id));
        var copy = new MemoryStream();
        using (var stream = package.GetEntry(path)!.Open())
            stream.CopyTo(copy);
        copy.Position = 0;
        return new PEReader(copy);
    }

    private List<string> References(string id, string path)
    {
        using var image = Image(id, path);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)];
    }

    private static string? Value(XElement nuspec, string name) => nuspec.Descendants().FirstOrDefault(item => item.Name.LocalName == name)?.Value;
}
