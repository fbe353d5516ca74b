using System.Globalization;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>A real sweep of real trainings: synthetic data made on demand, libtorch in processes of its own.</summary>
public class TorchSharpSweepTests
{
    private const string Definition = """
        name: fusion
        train: {torchsharp: utterance-fusion, batch_size: 16, warmup_steps: 2, steps: 6}
        datasets:
          MELD-DA: {synthetic: meld-da, samples: 64}
        matrix:
          dataset: [MELD-DA]
          num_workers: [0, 2]
          pin_memory: [false]
        limits: {timeout: 2m}
        """;

    [Fact]
    [Trait("Requires", "torchsharp")]
    public async Task Trials_are_measured_and_the_loss_does_not_depend_on_the_workers()
    {
        RequiredParts.TorchSharp();
        using var workspace = new Workspace();
        workspace.Write("fusion.yaml", Definition);

        var run = await workspace.RunAsync("run", "fusion.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder("fusion"), "results.json")));
        var trials = results.RootElement.GetProperty("sweep").GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("metrics")).ToList();
        Assert.Equal(2, trials.Count);
        Assert.All(trials, metrics => Assert.True(metrics.GetProperty("samples_per_second").GetDouble() > 0));
        Assert.All(trials, metrics => Assert.True(metrics.GetProperty("memory/peak_megabytes").GetDouble() > 50));
        Assert.Single(trials.Select(metrics => metrics.GetProperty("train/loss").GetDouble().ToString("R", CultureInfo.InvariantCulture)).Distinct());
    }

    [Fact]
    [Trait("Requires", "torchsharp")]
    public async Task Cuda_where_there_is_none_is_said_before_anything_runs()
    {
        RequiredParts.TorchSharp();
        Assert.SkipWhen(File.Exists("/dev/nvidia0"), "this machine has a GPU");
        using var workspace = new Workspace();
        workspace.Write("fusion.yaml", Definition.Replace("steps: 6}", "steps: 6, device: cuda}"));

        var run = await workspace.RunAsync("run", "fusion.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("fusion.yaml(2,", StringComparison.Ordinal) && line.Contains("error EXP5001", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, ".experiments", "fusion")));
    }
}
