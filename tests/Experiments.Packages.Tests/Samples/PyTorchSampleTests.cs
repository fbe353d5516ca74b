using System.Diagnostics;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Samples;

/// <summary><c>samples/pytorch</c>: from nothing to the first verdict in the three commands of the README.</summary>
public class PyTorchSampleTests(PackedFeed feed)
{
    [Fact]
    [Trait("Requires", "pytorch")]
    public async Task Install_init_and_run_end_with_a_verdict()
    {
        Python.RequireTorch();
        using var user = new UserFolder(feed, "pytorch");
        var definition = await File.ReadAllTextAsync(user.File("experiments/pytorch.yaml"), TestContext.Current.CancellationToken);
        Directory.Delete(user.File("experiments"), recursive: true);

        var watch = Stopwatch.StartNew();
        await user.SucceedAsync("tool", "install", "--global", "Experiments.Tool", "--version", feed.Version);
        await user.ExperimentsAsync("init");
        Assert.Equal(definition, await File.ReadAllTextAsync(user.File("experiments/pytorch.yaml"), TestContext.Current.CancellationToken));
        var run = await user.ExperimentsAsync("run");
        TestContext.Current.TestOutputHelper!.WriteLine($"from nothing to the first verdict: {watch.Elapsed.TotalSeconds:F0} s");

        Assert.Contains("Verdict: pass, compared with no baseline (8 configurations, 16 trials", run, StringComparison.Ordinal);
        Assert.Contains("Recommended: ", run, StringComparison.Ordinal);
        Assert.Equal(16, File.ReadLines(Assert.Single(user.Journals("pytorch"))).Count(line => line.Contains("\"status\":\"completed\"", StringComparison.Ordinal)));
    }
}
