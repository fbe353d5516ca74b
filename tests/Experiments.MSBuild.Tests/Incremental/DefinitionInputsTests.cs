using Experiments.MSBuild.Incremental;

namespace Experiments.MSBuild.Tests.Incremental;

public sealed class DefinitionInputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("definition-inputs-").FullName;
    private readonly List<string> _asked = [];

    private string Definition => Path.Combine(_folder, "definition.yaml");

    private string Tool => Path.Combine(_folder, "tool.dll");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_command_is_asked_once_for_each_content_of_a_definition()
    {
        File.WriteAllText(Definition, "name: a\n");
        File.WriteAllText(Tool, "1");

        Assert.Equal([Definition, "run.py"], Inputs().Of(Definition));
        Assert.Equal([Definition, "run.py"], Inputs().Of(Definition));
        Assert.Single(_asked);

        File.WriteAllText(Definition, "name: b\n");
        Assert.Equal([Definition, "run.py"], Inputs().Of(Definition));
        File.WriteAllText(Tool, "2");
        Assert.Equal([Definition, "run.py"], Inputs().Of(Definition));
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public void A_definition_that_is_wrong_is_its_own_only_input_and_is_asked_about_again()
    {
        var inputs = new DefinitionInputs(_folder, Tool, asked =>
        {
            _asked.Add(asked);
            return null;
        });

        Assert.Equal(["absent.yaml"], inputs.Of("absent.yaml"));
        Assert.Equal(["absent.yaml"], inputs.Of("absent.yaml"));
        Assert.Equal(2, _asked.Count);
    }

    private DefinitionInputs Inputs() => new(_folder, Tool, asked =>
    {
        _asked.Add(asked);
        return [asked, "run.py"];
    });
}
