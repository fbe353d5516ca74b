namespace Experiments.Definitions.Tests;

public sealed class DefinitionInputsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("train: {pytorch: run.py}", "run.py")]
    [InlineData("train: {pytorch: run.py, python: ./run.py, args: [--lr, '1', --config=conf/a b.json, --n, '{num_workers}']}", "run.py", "conf/a b.json")]
    [InlineData("train: {pytorch: {module: pkg.train}, python: python3}", "pkg/train.py", "pkg/train/__main__.py")]
    [InlineData("train: {torchsharp: My.Task, assembly: my.dll}", "my.dll")]
    [InlineData("train: {command: [bash, ./train.sh, data/mintrec], args: [later.json]}", "train.sh", "data/mintrec/dataset.json", "later.json")]
    [InlineData("train: {command: [ls, dataset.json], working_directory: data/mintrec}\ndatasets: {A: {path: data/meld-da}, B: {synthetic: mintrec}}", "data/mintrec/dataset.json", "data/meld-da/dataset.json")]
    [InlineData("train: {command: [ls, --fast]}")]
    public void The_files_that_a_definition_names_are_its_inputs(string train, params string[] expected)
    {
        var reading = _workplace.Read($"name: x\nmatrix: {{num_workers: [0, 2]}}\n{train}\n");
        Assert.Empty(_workplace.Lines(reading));

        Assert.Equal(expected.Prepend("x.yaml").Select(_workplace.PathOf), DefinitionInputs.Of(reading.Definition!));
    }
}
