namespace Experiments.Packages.Tests.Packing;

/// <summary>Beside another test the machine would be too busy to prove anything.</summary>
[Collection(nameof(SelfTestTests))]
[CollectionDefinition(nameof(SelfTestTests), DisableParallelization = true)]
public class SelfTestTests(PackedFeed feed)
{
    [Fact]
    public async Task The_packed_tool_proves_its_gates_where_it_is_installed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "memory is measured on Linux");
        using var user = new UserFolder(feed);
        await user.SucceedAsync("new", "tool-manifest");
        await user.SucceedAsync("tool", "install", "Experiments.Tool", "--version", feed.Version);

        var output = await user.SucceedAsync("experiments", "selftest");

        Assert.Contains("Self-test: every injected fault was seen, and nothing else", output, StringComparison.Ordinal);
        Assert.Equal(8, output.Split('\n').Count(line => line.StartsWith("  right  ", StringComparison.Ordinal)));
    }
}
