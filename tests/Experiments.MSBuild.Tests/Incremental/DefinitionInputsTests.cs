using Experiments.MSBuild.Incremental;

namespace Experiments.MSBuild.Tests.Incremental;

public sealed class DefinitionInputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("definition-inputs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("train: {pytorch: run.py}", "run.py")]
    [InlineData("train:\n  pytorch: run.py   # the script", "run.py")]
    [InlineData("train:\n  pytorch: with space.py", "with space.py")]
    [InlineData("train:\n  command: [bash, ./train.sh, \"--config=x\", \"conf/a b.json\"]", "./train.sh", "conf/a b.json")]
    [InlineData("train:\n  command:\n    - ./train.sh\n    - --fast", "./train.sh")]
    [InlineData("""{"train": {"pytorch": "run.py"}, "datasets": {"A": {"path": "data/a"}}}""", "run.py", "data/a/dataset.json")]
    [InlineData("datasets:\n  A: {path: data/a}\n  B: {path: data/none}", "data/a/dataset.json")]
    [InlineData("name: a\nmatrix: {num_workers: [0, 2]}")]
    public void Every_word_that_names_a_file_or_a_dataset_is_an_input(string definition, params string[] expected)
    {
        foreach (var file in new[] { "run.py", "with space.py", "train.sh", "conf/a b.json", "data/a/dataset.json", "unrelated.py" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), file);
        }

        var path = Path.Combine(_folder, "definition.yaml");
        File.WriteAllText(path, definition);

        Assert.Equal([path, .. expected.Select(file => Path.Combine(_folder, file))], DefinitionInputs.Of(path));
    }

    [Fact]
    public void A_definition_that_is_missing_is_its_own_only_input() =>
        Assert.Equal(["absent.yaml"], DefinitionInputs.Of("absent.yaml"));
}
