using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Core;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary><c>experiments tune</c> on scripts that nobody prepared for it.</summary>
[Trait("Needs", "pytorch")]
public sealed class TuneTests : IDisposable
{
    /// <summary>Batches that sleep to load: workers help whatever else the machine does.</summary>
    private const string Sleeping = """
        import sys, time
        import torch
        from torch.utils.data import DataLoader, Dataset

        class Slow(Dataset):
            def __len__(self):
                return 4000

            def __getitem__(self, index):
                time.sleep(0.004)
                return torch.tensor([float(index)])

        model = torch.nn.Linear(1, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-9)
        loader = DataLoader(Slow(), batch_size=4, shuffle=True)
        for epoch in range(1000):
            for batch in loader:
                model(batch).sum().backward()
                optimizer.step()
                optimizer.zero_grad()
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_script_that_waits_for_its_loader_gets_workers_in_one_run()
    {
        TorchPython.Require();
        _workspace.Write("train.py", Sleeping);

        var run = await _workspace.RunAsync("tune", "train.py", "--python", TorchPython.Program, "--budget", "0.2");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Your setting: num_workers=0", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("Paste: DataLoader(…, num_workers=", StringComparison.Ordinal) && !line.Contains("num_workers=0", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.StartsWith("Ceiling: ", StringComparison.Ordinal) && line.EndsWith("(measured)", StringComparison.Ordinal));
        Assert.Equal(2, run.Lines.Count(line => line.EndsWith("(1 trial)", StringComparison.Ordinal)));
        if (OperatingSystem.IsLinux())
            Assert.Single(run.Lines, line => Regex.IsMatch(line, @"^Side by side: num_workers=\d+ instead of num_workers=0: × [1-9]\.\d+ \([0-9.]+ to [0-9.]+\), fresh processes in turns, [2-4] starts each$"));
    }

    [Fact]
    public async Task The_answer_is_one_JSON_document_and_keeps_to_the_counts_that_are_named()
    {
        TorchPython.Require();
        _workspace.Write("train.py", Sleeping);

        var run = await _workspace.RunAsync("tune", "train.py", "--python", TorchPython.Program, "--budget", "0.1", "--pair", "0", "--confirm", "0", "--num_workers", "0,3", "--output", "json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var report = JsonSerializer.Deserialize(run.Output, ExperimentsJson.Indented.TuningReport)!;
        Assert.Equal([0, 3], report.Rows.Select(row => row.Setting.NumWorkers).Distinct());
        Assert.True(report is { IsLoaderTheBottleneck: true, IsCeilingMeasured: true, Chosen.NumWorkers: 3 }, run.Output);
        Assert.True(report.Ceiling > report.Rows.Max(row => row.SamplesPerSecond));
    }

    [Fact]
    public async Task A_definition_is_tuned_within_its_axes_once_for_each_combination_of_the_others()
    {
        TorchPython.Require();
        _workspace.Write("train.py", Sleeping.Replace("shuffle=True)", "shuffle=True, num_workers=int(sys.argv[1]))", StringComparison.Ordinal));
        _workspace.Write("pick.yaml", $$"""
            name: pick
            train:
              pytorch: train.py
              python: {{TorchPython.Program}}
              args: ["{num_workers}", "{dataset}"]
              steps: 20
            matrix:
              dataset: [a, b]
              num_workers: [0, 3]
            gates:
              throughput: {max_regression: 1%, allow_missing_baseline: false}
            """);

        var run = await _workspace.RunAsync("tune", "pick.yaml", "--budget", "0.1", "--pair", "0", "--output", "json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var reports = System.Text.Json.Nodes.JsonNode.Parse(run.Output)!.AsArray().Select(one => one.Deserialize(ExperimentsJson.Indented.TuningReport)!).ToList();
        Assert.Equal(2, reports.Count);
        Assert.All(reports, report =>
        {
            Assert.Equal([0, 3], report.Rows.Select(row => row.Setting.NumWorkers).Distinct().Order());
            Assert.True(report is { Own.NumWorkers: 0, Chosen.NumWorkers: 3 } && report.Rows.All(row => row.Setting.PrefetchFactor is null), run.Output);
        });
        Assert.Contains("Tuned: dataset=a", run.Error, StringComparison.Ordinal);
        Assert.Contains("Tuned: dataset=b", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"dataset=b num_workers=3: [0-9.]+ samples/s", run.Error);
    }

    [Fact]
    public async Task A_script_without_a_training_loader_is_told_so()
    {
        TorchPython.Require();
        _workspace.Write("train.py", "import torch\nprint(torch.ones(1))\n");

        var run = await _workspace.RunAsync("tune", "train.py", "--python", TorchPython.Program);

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains(run.Lines, line => line.Contains("asked no training loader for a batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_bad_usage()
    {
        var run = await _workspace.RunAsync("tune", "nowhere.py");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(run.Lines, line => line.Contains("nowhere.py", StringComparison.Ordinal) && line.Contains("error EXP1023", StringComparison.Ordinal));
    }
}
