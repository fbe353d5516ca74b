using System.Xml.Linq;
using Experiments.Definitions.Building;

namespace Cake.Experiments.Tests.Scripts;

/// <summary>The examples of the documentation are scripts that compile and run.</summary>
public class DocumentationTests
{
    private static readonly XElement[] Documentation =
        [.. new[] { typeof(ExperimentAliases), typeof(ExperimentBuilder) }.Select(type => XElement.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")))];

    private const string RunEveryTask = """

        var engine = (ICakeEngine)Context.ServiceProvider.GetService(typeof(ICakeEngine));
        foreach (var task in engine.Tasks.Select(task => task.Name).ToList())
            RunTarget(task);
        """;

    public static TheoryData<string> Examples => [.. Documentation.Descendants("member").Where(member => member.Element("example") is not null).Select(member => member.Attribute("name")!.Value)];

    [Fact]
    public void Every_alias_has_an_example()
    {
        var aliases = new[] { typeof(ExperimentAliases), typeof(ExperimentsCommandAliases) }
            .SelectMany(type => type.GetMethods().Where(method => method.IsStatic).Select(method => $"M:{type.FullName}.{method.Name}("));

        Assert.All(aliases, alias => Assert.Contains(Examples, example => example.Data.StartsWith(alias, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_compiles_and_runs(string member)
    {
        var code = Documentation.Descendants("member").Single(item => item.Attribute("name")!.Value == member).Descendants("code").Single().Value;
        using var build = new CakeBuild(code + RunEveryTask);
        build.Write("experiments/meld-da.yaml", "name: meld-da\n");

        var (exitCode, output) = await build.RunAsync();

        Assert.True(exitCode == 0, output);
        Assert.NotEmpty(build.Calls);
    }

}
