using Experiments.Core.Definitions;

namespace Experiments.Definitions.Tests;

/// <summary>Definitions that a program wrote for a script.</summary>
public sealed class WrittenElsewhereTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Every_place_is_the_scripts_and_the_file_stays_the_one_to_read()
    {
        var file = Write("""{"name": "quick", "train": {"command": ["true"]}, "matrix": {"num_workers": [0]}, "gates": {"peak_memory": {"max": "1GiB"}}, "source": "../../build.cake(12)"}""");

        var definition = DefinitionReader.Read(file).Definition!;

        Assert.Equal($"{Script}(12,1)", definition.PositionOf("gates.peak_memory.max").ToString());
        Assert.Equal($"{Script}(12,1)", definition.PositionOf("gates.throughput").ToString());
        Assert.Equal((file, Script), (definition.File, definition.Source!.File));
    }

    [Fact]
    public void A_mistake_is_told_at_the_script_with_the_experiments_name()
    {
        var file = Write("""{"name": "quick", "train": {"command": ["true", "{batch}"]}, "matrix": {"num_workers": [0]}, "source": "../../build.cake(12)"}""");

        var mistake = Assert.Single(DefinitionReader.Read(file).Diagnostics);

        Assert.StartsWith($"{Script}(12,1): error EXP1", mistake.ToString(), StringComparison.Ordinal);
        Assert.Contains("experiment 'quick': ", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_was_written_does_not_change_what_is_measured()
    {
        const string Text = """{"name": "quick", "train": {"command": ["true"]}, "matrix": {"num_workers": [0]}, "source": "../../build.cake(12)"}""";
        var first = DefinitionReader.Read(Write(Text)).Definition!;
        var moved = DefinitionReader.Read(Write(Text.Replace("(12)", "(99)", StringComparison.Ordinal))).Definition!;

        Assert.Equal(DefinitionHash.Of(first), DefinitionHash.Of(moved));
    }

    private string Script => Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_workplace.Folder, "build.cake")).Replace('\\', '/');

    private string Write(string text)
    {
        var file = Path.Combine(_workplace.Folder, ".experiments", "definitions", "quick.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
