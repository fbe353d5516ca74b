namespace Experiments.Datasets.Tests.Support;

/// <summary>Parts of a machine that a test needs: missing, it skips, or fails where EXPERIMENTS_TESTS_REQUIRE names the part.</summary>
internal static class Requirement
{
    public static void Met(string part, bool present, string reason)
    {
        var required = (Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(part) || required.Contains("all"))
            Assert.True(present, $"{part} is required by EXPERIMENTS_TESTS_REQUIRE: {reason}");
        Assert.SkipUnless(present, reason);
    }
}
