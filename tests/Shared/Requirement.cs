namespace Experiments.Testing;

/// <summary>Parts of a machine that a test needs: missing, it skips, or fails where EXPERIMENTS_TESTS_REQUIRE names the part.</summary>
internal static class Requirement
{
    private const string Variable = "EXPERIMENTS_TESTS_REQUIRE";

    /// <summary>Goes on only where the part is there.</summary>
    /// <param name="part">Its name in the variable's comma list; <c>all</c> there names every part.</param>
    /// <param name="present">Whether it is there.</param>
    /// <param name="reason">What is missing, and how to get it.</param>
    public static void Met(string part, bool present, string reason)
    {
        var required = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (!present && (required.Contains(part) || required.Contains("all")))
            Assert.Fail($"{part} is required by {Variable}: {reason}");
        Assert.SkipUnless(present, reason);
    }
}
