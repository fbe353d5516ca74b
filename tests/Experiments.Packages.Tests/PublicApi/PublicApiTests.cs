using System.Reflection;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.PublicApi;

/// <summary>The public API of each packaged library is on file: a change is seen, and meant. EXPERIMENTS_REWRITE_GOLDEN=1 writes the files anew.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Cake.Experiments")]
    [InlineData("Experiments.Core")]
    [InlineData("Experiments.Data")]
    [InlineData("Experiments.Definitions")]
    [InlineData("Experiments.Mlflow")]
    [InlineData("Experiments.Processes")]
    [InlineData("Experiments.Training")]
    public void The_public_api_is_the_one_on_file(string library)
    {
        var file = Repository.Combine("tests", "Experiments.Packages.Tests", "PublicApi", library + ".txt");
        var api = ApiText.Of(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
            File.WriteAllText(file, api);

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), api);
    }
}
