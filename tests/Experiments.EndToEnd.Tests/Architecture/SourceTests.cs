namespace Experiments.EndToEnd.Tests.Architecture;

public class SourceTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = SourceFiles().Where(file => File.ReadLines(file).Count() > 400);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_conditional_compilation()
    {
        var conditional = SourceFiles().Where(file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if ", StringComparison.Ordinal)));

        Assert.Empty(conditional);
    }

    private static IEnumerable<string> SourceFiles() =>
        new[] { "src", "tests", "bench" }
            .Select(folder => RepositoryFolder.Combine(folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));
}
