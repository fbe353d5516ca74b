using System.Diagnostics;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Samples;

/// <summary><c>samples/own-task</c> as a user has it, and the training host that the tool makes ready for it.</summary>
public class OwnTaskSampleTests(PackedFeed feed)
{
    [Fact]
    [Trait("Requires", "torchsharp")]
    public async Task A_task_built_from_the_packages_is_swept_by_the_host_that_the_tool_makes_ready()
    {
        RequireLibtorch();
        using var user = new UserFolder(feed, "own-task");
        await user.SucceedAsync("build", "-c", "Release", "-nologo", "-nodeReuse:false");
        Assert.DoesNotContain(Directory.GetFiles(user.File("bin"), "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase));
        await user.SucceedAsync("tool", "install", "--global", "Experiments.Tool", "--version", feed.Version);

        var watch = Stopwatch.StartNew();
        var first = await user.ExperimentsAsync("run");
        TestContext.Current.TestOutputHelper!.WriteLine($"first sweep, with the making of the host: {watch.Elapsed.TotalSeconds:F0} s");
        var second = await user.ExperimentsAsync("run", "--filter", "num_workers=0", "--filter", "learning_rate=0.01");

        Assert.Contains("the training host is ready", first, StringComparison.Ordinal);
        Assert.Contains("Verdict: pass (4 configurations, 4 trials", first, StringComparison.Ordinal);
        Assert.DoesNotContain("training host", second, StringComparison.Ordinal);
        Assert.Contains("Verdict: pass (1 configuration, 1 trial", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_libtorch_cannot_be_had_the_error_names_it_and_the_ways_out()
    {
        using var user = new UserFolder(feed);
        await user.SucceedAsync("new", "tool-manifest");
        await user.SucceedAsync("tool", "install", "Experiments.Tool", "--version", feed.Version);
        await user.SucceedAsync("experiments", "init", "--synthetic");
        user.Environment["EXPERIMENTS_TORCH"] = "cuda"; // several gigabytes that the feed does not have

        var (exitCode, output) = await user.DotNetAsync("experiments", "run");

        Assert.Equal(2, exitCode);
        Assert.Contains("experiments/project.yaml(5,3): error EXP5007: ", output, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cuda-", output, StringComparison.Ordinal);
        Assert.Contains("EXPERIMENTS_TRAINING_HOST", output, StringComparison.Ordinal);
        Assert.Empty(user.Journals("project"));
    }

    private static void RequireLibtorch() =>
        Requirement.Met("torchsharp", Directory.GetDirectories(Repository.PackageCache, "libtorch-cpu-*").Length > 0, "libtorch is not in the package cache: dotnet restore src/Experiments.Training");
}
