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

    [Theory]
    [InlineData("", "0", 0, "run experiments/small.yaml|history experiments/small.yaml|history --html artifacts/nights experiments/small.yaml")]
    [InlineData("", "1", 1, "run experiments/small.yaml|history experiments/small.yaml|history --html artifacts/nights experiments/small.yaml")]
    [InlineData("", "1;history=5", 1, "run experiments/small.yaml|history experiments/small.yaml")]
    [InlineData("", "0;history=5", 5, "run experiments/small.yaml|history experiments/small.yaml")]
    [InlineData("--shard=2/5 --repeats=3", "4", 4, "run experiments/small.yaml --repeats 3 --shard 2/5")]
    [InlineData("--merge=shards", "3", 3, "merge experiments/small.yaml --from shards|history experiments/small.yaml|history --html artifacts/nights experiments/small.yaml")]
    [InlineData("--merge=shards --shard=1/2", "0", 2, "")]
    public async Task Nightly_runs_or_merges_tells_the_history_and_ends_with_the_verdict(string options, string verdict, int expected, string calls)
    {
        var build = Path.Combine(Repository(), "build");
        using var night = new CakeBuild($$"""
            #load "{{build}}/settings.cake"
            #load "{{build}}/sweep.cake"
            try { RunTargets(Arguments<string>("target", "Default")); }
            catch (CakeReportException report) when (report.InnerException is CakeException verdict) { throw verdict; }
            """);
        night.Write("experiments/small.yaml", "name: small\n");
        night.Environment["EXPERIMENTS_FAKE_EXIT"] = $"run={verdict};merge={verdict}";

        var (exitCode, output) = await night.RunAsync(["--target=Nightly", "--exclusive", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.True(exitCode == expected, output);
        Assert.Equal(calls, string.Join('|', night.Calls));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Experiments.sln above the tests.");
        return folder.FullName;
    }
}
