using System.Xml.Linq;

namespace Experiments.EndToEnd.Tests.Architecture;

/// <summary>Who may reference whom. A new project needs a row here, which is the place to argue for it.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Experiments.Core"] = [],
        ["Experiments.Analysis"] = ["Experiments.Core"],
        ["Experiments.Definitions"] = ["Experiments.Core"],
        ["Experiments.Processes"] = [],
        ["Experiments.Engine"] = ["Experiments.Processes", "Experiments.Core"],
        ["Experiments.Slurm"] = ["Experiments.Engine", "Experiments.Core"],
        ["Experiments.PyTorch"] = ["Experiments.Engine", "Experiments.Core"],
        ["Experiments.Mlflow"] = [],
        ["Experiments.Reports"] = ["Experiments.Core", "Experiments.Analysis", "Experiments.Mlflow"],
        ["Experiments.Datasets"] = ["Experiments.Core"],
        ["Experiments.Data"] = [],
        ["Experiments.Training"] = ["Experiments.Data", "Experiments.Core"],
        ["Experiments"] =
        [
            "Experiments.Core", "Experiments.Analysis", "Experiments.Definitions", "Experiments.Processes", "Experiments.Engine", "Experiments.Slurm",
            "Experiments.Mlflow", "Experiments.Reports", "Experiments.PyTorch", "Experiments.Datasets",
        ],
        ["Experiments.Tool"] = ["Experiments", "Experiments.Datasets"],
        ["Cake.Experiments"] = ["Experiments.Core", "Experiments.Definitions"],
        ["Experiments.MSBuild"] = [],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(RepositoryFolder.Combine("src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} has no row in the table of allowed references.");

        var references = Items(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed!));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Libtorch_loads_only_in_data_and_training(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (name is "Experiments.Data" or "Experiments.Training")
            return;

        Assert.DoesNotContain(Items(file, "PackageReference"), package => package.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Items(file, "Import"), import => import.Contains("TorchSharp", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Experiments.Core")]
    [InlineData("Experiments.Processes")]
    public void The_base_has_no_package(string name) => Assert.Empty(Items(RepositoryFolder.Combine("src", name, name + ".csproj"), "PackageReference"));

    /// <summary>What a project names; one that it only has built before itself (<c>ReferenceOutputAssembly="false"</c>) is no reference.</summary>
    private static List<string> Items(string project, string element) =>
        [.. XDocument.Load(project).Descendants().Where(item => item.Name.LocalName == element && item.Attribute("ReferenceOutputAssembly")?.Value != "false").Select(item => (string?)item.Attribute("Include") ?? (string?)item.Attribute("Project") ?? "")];
}
