using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Engine.Trainers;

namespace Experiments.Definitions.Tests;

/// <summary>What the reader lets pass, the trainers replace.</summary>
public sealed class PlaceholderAgreementTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void An_axis_goes_before_the_setting_of_its_name()
    {
        var definition = _workplace.Read("""
            name: x
            train: {command: [ls, "{batch_size}"], batch_size: 16}
            matrix: {batch_size: [32]}
            """).Definition!;
        var trial = new TrialContext { Definition = definition, Trial = Planner.Create(definition, new PlanOptions()).Trials[0], Folder = _workplace.Folder };

        Assert.Equal("32", AxisTemplate.Fill("{batch_size}", trial));
    }

    [Fact]
    public void Every_placeholder_of_a_valid_definition_is_replaced()
    {
        var definition = _workplace.Read(
            """
            name: x
            train:
              command: [ls, "{num_workers}", "--p={dataset_path}", "{dataset}", "{my.axis-1}"]
              args: ["{extra}", "{batch_size}/{steps}/{warmup_steps}/{seed}"]
              batch_size: 16
              steps: 7
              warmup_steps: 3
            datasets: {A: {path: data/meld-da}}
            seed: 5
            matrix:
              dataset: [A]
              num_workers: [4]
              my.axis-1: [x]
              include: [{extra: 0.5}]
            """).Definition!;
        var trial = new TrialContext
        {
            Definition = definition,
            Trial = Planner.Create(definition, new PlanOptions()).Trials[0],
            Folder = _workplace.Folder,
            DatasetFolder = definition.Datasets[0].Path,
        };

        var task = (CommandTask)definition.Train;
        Assert.Equal(
            ["ls", "4", "--p=" + _workplace.PathOf("data/meld-da"), "A", "x", "0.5", "16/7/3/5"],
            task.Command.Concat(task.Args).Select(word => AxisTemplate.Fill(word, trial)));
    }

    [Theory]
    [InlineData("{\"lr\": {lr}}", "{\"lr\": 0.5}")]
    [InlineData("{{lr}, 1}", "{0.5, 1}")]
    [InlineData("[{lr}]}", "[0.5]}")]
    [InlineData("{lr}{lr}}", "0.50.5}")]
    [InlineData("{\"a\":{\"b\":{lr}}}", "{\"a\":{\"b\":0.5}}")]
    [InlineData("{{lr}} ${lr} ${{lr}}", "{{lr}} ${lr} ${{lr}}")]
    public void A_brace_beside_a_placeholder_belongs_to_what_is_around_it(string template, string filled)
    {
        var definition = Definition(template);
        var trial = new TrialContext { Definition = definition, Trial = Planner.Create(definition, new PlanOptions { Filters = ["lr=0.5"] }).Trials[0], Folder = _workplace.Folder };

        Assert.Equal(filled, AxisTemplate.Fill(template, trial));
    }

    [Theory]
    [InlineData("{\"lr\": {lrr}}", "{lrr}")]
    [InlineData("{{lrr}, 1}", "{lrr}")]
    [InlineData("{\"a\":{lr},\"b\":{\"c\":{lrr}}}", "{lrr}")]
    public void A_misspelt_placeholder_beside_a_brace_is_an_error(string template, string named)
    {
        var reading = Read(template);

        var error = Assert.Single(reading.Diagnostics);
        Assert.Equal("EXP1019", error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("lr", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{extra}", "include: [{lr: 0.5, extra: 1}]", "nothing replaces the placeholder {extra} at lr=0.1: not every configuration has extra")]
    [InlineData("{extra}", "include: [{lr: 7}, {extra: 1}]", "nothing replaces the placeholder {extra} at lr=7: not every configuration has extra")]
    public void A_placeholder_that_only_some_configurations_replace_is_an_error(string template, string include, string message)
    {
        var error = Assert.Single(Read(template, include).Diagnostics);

        Assert.Equal(("EXP1019", message), (error.Code, error.Message));
    }

    private ExperimentDefinition Definition(string template) => Read(template).Definition!;

    private DefinitionReading Read(string template, string include = "include: []") => _workplace.Read(
        $$"""
        name: x
        train: {command: [ls, '{{template}}']}
        matrix:
          lr: [0.5, 0.1]
          {{include}}
        """);
}
