using System.Text.RegularExpressions;

namespace Experiments.Packages.Tests.Packing;

/// <summary>The version that a pack makes, in what people copy.</summary>
public partial class VersionTests
{
    [Fact]
    public void Readmes_docs_and_samples_name_the_version_that_is_packed()
    {
        string[] places = ["README.md", .. Files("src", "README.md"), .. Files("docs", "*.md"), .. Files("samples", "*.csproj"), .. Files("samples", "*.cake"), .. Files("samples", "dotnet-tools.json")];
        var named = places.SelectMany(place => Named().Matches(File.ReadAllText(Repository.Combine(place))).Select(match => $"{place}: {match.Groups["version"].Value}")).ToList();

        Assert.True(named.Count >= 7, string.Join('\n', named));
        Assert.All(named, name => Assert.EndsWith(": " + Repository.Version, name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Repository.Combine(folder), pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Path, file)).Where(file => !file.Split('/', '\\').Any(part => part is "obj" or "bin"));

    [GeneratedRegex("""(Include="(Cake\.)?Experiments[.A-Za-z]*"\s+Version="|package=Cake\.Experiments&version=|"experiments\.tool":\s*\{\s*"version":\s*")(?<version>\d[^"\s&]*)""")]
    private static partial Regex Named();
}
