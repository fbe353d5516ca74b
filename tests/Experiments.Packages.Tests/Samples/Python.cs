namespace Experiments.Packages.Tests.Samples;

/// <summary>The Python interpreter that the samples' scripts need.</summary>
internal static class Python
{
    public static void Require()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
        var required = (Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? "").Split(',').Any(part => part is "all" or "python");
        Assert.SkipUnless(required || path.Any(folder => File.Exists(Path.Combine(folder, "python3"))), "python3 is not on PATH");
    }
}
