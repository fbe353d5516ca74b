namespace Experiments.Engine.Tests;

/// <summary>Parts of a machine that may be missing: a test of one skips with a reason, or fails where EXPERIMENTS_TESTS_REQUIRE names it.</summary>
internal static class Requirement
{
    internal static void Check(string part, bool present, string reason)
    {
        var required = Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (!present && (required.Contains(part) || required.Contains("all")))
            Assert.Fail($"{part} is required here: {reason}");
        Assert.SkipUnless(present, reason);
    }
}
