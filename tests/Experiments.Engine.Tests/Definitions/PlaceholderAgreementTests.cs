using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Tests.Definitions;

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
}
