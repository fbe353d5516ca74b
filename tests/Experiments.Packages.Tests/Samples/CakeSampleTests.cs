using System.Diagnostics;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Samples;

/// <summary><c>samples/cake</c> as a user has it: installed from the packages, outside the repository.</summary>
public class CakeSampleTests(PackedFeed feed)
{
    [Fact]
    [Trait("Requires", "python")]
    public async Task The_sample_sweeps_and_its_memory_gate_fails_the_build()
    {
        Python.Require();
        using var user = new UserFolder(feed, "cake");
        user.Edit("cake.config", "[Settings]", $"[NuGet]\nSource={feed.Folder}\n\n[Settings]");
        await user.SucceedAsync("tool", "restore");

        var tree = await user.SucceedAsync("cake", "--tree");
        Assert.Matches("Sweep\n├─loading\n│ └─Check\n└─batch-size\n", tree);
        var watch = Stopwatch.StartNew();
        await user.SucceedAsync("cake", "--tree");
        TestContext.Current.TestOutputHelper!.WriteLine($"dotnet cake --tree with the script cache warm: {watch.Elapsed.TotalSeconds:F1} s");

        var sweep = await user.SucceedAsync("cake", "--target=loading");
        Assert.Equal(2, File.ReadLines(Assert.Single(user.Journals("loading"))).Count(line => line.Contains("\"status\":\"completed\"", StringComparison.Ordinal)));
        Assert.Contains("val error", string.Concat(Directory.GetFiles(user.File(".experiments/loading"), "stdout.log", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.DoesNotContain("error EXP", sweep, StringComparison.Ordinal);
        await user.SucceedAsync("cake", "--target=Baseline", "--experiment=loading");
        Assert.Single(Directory.GetFiles(user.File("baselines"), "loading.*.json"));

        var (exitCode, red) = await user.DotNetAsync("cake", "--target=Sweep", "--experiment=loading", "--max_memory=1MiB");
        Assert.Equal(1, exitCode);
        var line = 1 + File.ReadAllLines(user.File("build.cake")).ToList().FindIndex(text => text.StartsWith("Experiment(\"loading\"", StringComparison.Ordinal));
        Assert.Matches($@"build\.cake\({line},1\): error EXP2001: .*num_workers=2", red);

        Assert.Equal(2, (await user.DotNetAsync("cake", "--target=Baseline", "--experiment=loading")).ExitCode); // a red sweep is no baseline
    }
}
