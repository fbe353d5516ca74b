using System.Text.RegularExpressions;

namespace Cake.Experiments.Tests.Scripts;

/// <summary>This repository's own script of experiments.</summary>
public class RepositoryScriptTests
{
    [Fact]
    public async Task Its_experiments_plan()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Repository(), "experiments", "sweep.cake"), TestContext.Current.CancellationToken);
        using var build = new CakeBuild(Regex.Replace(script, "^#r .*$", "", RegexOptions.Multiline)); // the folder's script brings the addin that these tests were built with

        var (exitCode, output) = await build.RunAsync("--target=Plan");

        Assert.True(exitCode == 0, output);
        Assert.Equal(["plan .experiments/definitions/prefetch.json .experiments/definitions/two-lengths.json"], build.Calls);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Experiments.sln above the tests.");
        return folder.FullName;
    }
}
