using System.Diagnostics;
using Experiments.Packages.Tests.Packing;
using Experiments.Packages.Tests.Samples;

namespace Experiments.Packages.Tests.Pages;

/// <summary>The tutorial, read by someone who has the packages and nothing else: <c>samples/pytorch</c>, from nothing to a verdict and a gate that fails.</summary>
public class TutorialTests(PackedFeed feed)
{
    private static readonly string Tutorial = File.ReadAllText(Repository.Combine("docs", "tutorial.md"));

    [Fact]
    [Trait("Requires", "pytorch")]
    public async Task Every_command_does_what_the_page_shows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the page speaks to a POSIX shell");
        Python.RequireTorch();
        using var user = new UserFolder(feed);
        Directory.CreateDirectory(user.File("artifacts"));
        Directory.CreateSymbolicLink(user.File("artifacts/packages"), feed.Folder);
        user.CopySample("pytorch", "samples/pytorch");

        var watch = Stopwatch.StartNew();
        await new PageReader(user, feed).FollowAsync(Tutorial);
        TestContext.Current.TestOutputHelper!.WriteLine($"the tutorial, from nothing to its end: {watch.Elapsed.TotalSeconds:F0} s");

        var sample = await File.ReadAllTextAsync(Repository.Combine("samples", "pytorch", "experiments", "pytorch.yaml"), TestContext.Current.CancellationToken);
        Assert.Equal(
            sample.Replace("[false, true]", "[false]", StringComparison.Ordinal) + "  peak_memory: {max: 180MiB}\n",
            await File.ReadAllTextAsync(user.File("../pytorch/experiments/pytorch.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_readme_begins_with_the_commands_of_the_tutorial()
    {
        var readme = File.ReadAllText(Repository.Combine("README.md"));
        Assert.All(
            ShownCommand.Of(Tutorial).Select(shown => shown.Line).Where(line => line.Contains("tool install", StringComparison.Ordinal) || line is "experiments init" or "experiments run"),
            line => Assert.Contains($"\n{line}\n", readme, StringComparison.Ordinal));
    }
}
