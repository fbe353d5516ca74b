using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>Whole sweeps of real PyTorch scripts through the command line.</summary>
[Trait("Needs", "pytorch")]
public sealed class PyTorchSweepTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_hard_coded_loader_is_steered_and_measured()
    {
        TorchPython.Require();

        var run = await RunAsync(Scripts.HardCoded, Scripts.Definition(TorchPython.Program, "num_workers: [0, 1]\n  pin_memory: [false]"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("with torch", run.Output, StringComparison.Ordinal);
        var trials = Results().GetProperty("sweep").GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal(2, trials.Count);
        foreach (var trial in trials)
        {
            Assert.True(trial.GetProperty("metrics").GetProperty("samples_per_second").GetDouble() > 0);
            var workers = trial.GetProperty("configuration").GetProperty("values").GetProperty("num_workers").GetInt32();
            var used = Loader(trial.GetProperty("trialId").GetString()!).GetProperty("used");
            Assert.Equal(workers, used.GetProperty("num_workers").GetInt32());
            Assert.False(used.GetProperty("pin_memory").GetBoolean());
        }
    }

    [Fact]
    public async Task A_module_with_relative_imports_is_swept_by_its_name_and_its_script_is_told_that_name()
    {
        TorchPython.Require();
        _workspace.Write("src/pkg/__init__.py", "");
        _workspace.Write("src/pkg/data.py", "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\nloader = DataLoader(TensorDataset(torch.arange(4000.0)), batch_size=4, shuffle=True)\n");
        _workspace.Write("src/pkg/train.py", "from .data import loader\nfor epoch in range(1000):\n    for batch in loader:\n        pass\n");
        const string Rest = "step: batch, warmup_steps: 2, steps: 8}\nmatrix: {num_workers: [0, 1]}\n";
        _workspace.Write("module.yaml", $"name: module\ntrain: {{pytorch: {{module: pkg.train}}, working_directory: src, python: {TorchPython.Program}, {Rest}");
        _workspace.Write("script.yaml", $"name: script\ntrain: {{pytorch: src/pkg/train.py, python: {TorchPython.Program}, {Rest}");
        _workspace.Write("elsewhere.yaml", $"name: elsewhere\ntrain: {{pytorch: {{module: pkg.train}}, python: {TorchPython.Program}, {Rest}");
        _workspace.Write("mistyped.yaml", $"name: mistyped\ntrain: {{pytorch: {{module: pkg.trian}}, working_directory: src, python: {TorchPython.Program}, {Rest}");

        var module = await _workspace.RunAsync("run", "module.yaml");
        Assert.True(module.ExitCode == 0, module.ToString());
        Assert.Contains("Verdict: pass (2 configurations, 2 trials", module.Output, StringComparison.Ordinal);

        var script = await _workspace.RunAsync("run", "script.yaml");
        Assert.Equal(3, script.ExitCode);
        Assert.Contains($"try: train: {{pytorch: {{module: pkg.train}}, working_directory: {Path.Combine(_workspace.Folder, "src")}}}", script.Output, StringComparison.Ordinal);

        var elsewhere = await _workspace.RunAsync("run", "elsewhere.yaml");
        Assert.Equal(2, elsewhere.ExitCode);
        Assert.Contains("elsewhere.yaml(2,19): error EXP1033: ", elsewhere.Output, StringComparison.Ordinal);
        Assert.Contains("finds no module pkg, ", elsewhere.Output, StringComparison.Ordinal);

        var mistyped = await _workspace.RunAsync("run", "mistyped.yaml");
        Assert.Equal(2, mistyped.ExitCode);
        Assert.Contains("did you mean \"pkg.train\"?", mistyped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefetched_batches_that_nobody_has_mapped_are_counted()
    {
        TorchPython.Require();

        var run = await RunAsync(Scripts.Prefetching, Scripts.Definition(TorchPython.Program, "num_workers: [2]"));

        Assert.True(run.ExitCode == 0, run.ToString());
        var metrics = Assert.Single(Results().GetProperty("sweep").GetProperty("trials").EnumerateArray()).GetProperty("metrics");
        // Two workers, four batches of 16 MiB each, and up to three that the consumer and the workers have in hand.
        Assert.InRange(metrics.GetProperty("memory/shared_megabytes").GetDouble(), 128, 176);
        Assert.True(metrics.GetProperty("memory/peak_megabytes").GetDouble() > metrics.GetProperty("memory/shared_megabytes").GetDouble() + 50);
    }

    [Fact]
    [Trait("Requires", "torchsharp")]
    public async Task Trials_of_PyTorch_and_of_TorchSharp_are_measured_under_the_same_names()
    {
        TorchPython.Require();
        RequiredParts.TorchSharp();
        _workspace.Write("sharp.yaml", """
            name: sharp
            train: {torchsharp: utterance-fusion, batch_size: 16, warmup_steps: 2, steps: 8, evaluate: false}
            datasets: {MELD-DA: {synthetic: meld-da, samples: 64}}
            matrix: {dataset: [MELD-DA], num_workers: [1], pin_memory: [false]}
            """);

        Assert.Equal(0, (await RunAsync(Scripts.HardCoded, Scripts.Definition(TorchPython.Program, "num_workers: [1]\n  pin_memory: [false]"))).ExitCode);
        Assert.Equal(0, (await _workspace.RunAsync("run", "sharp.yaml")).ExitCode);

        Assert.Equal(Measures("sharp"), Measures("torch"));
    }

    [Fact]
    public async Task Failures_are_named_by_their_cause_one_error_a_trial_with_a_remedy_to_paste()
    {
        TorchPython.Require();

        var run = await RunAsync(Scripts.Failing, Scripts.Definition(TorchPython.Program, "case: [import, file, worker]", "[\"{case}\"]"));

        Assert.True(run.ExitCode == 3, run.ToString());
        var errors = run.Lines.Where(line => line.StartsWith("torch.yaml(", StringComparison.Ordinal) && line.Contains(": error ", StringComparison.Ordinal)).ToList();
        Assert.Collection(
            errors,
            line => AssertHas(line, "EXP3110: An import failed", "try: python -c \"import a_module_that_nobody_has\"   # no package is known to have it", "exit code 1; by hand: cd "),
            line => AssertHas(line, "EXP3111: A dataset file is missing", "try: ls -l '/nowhere/meld-da/video.pkl'", "at case=file"),
            line => AssertHas(line, "EXP3105: A DataLoader worker was killed by a signal", "num_workers=0", "at case=worker"));
    }

    [Fact]
    public async Task A_loader_that_hangs_is_ended_after_the_stall_timeout_and_named()
    {
        TorchPython.Require();
        var definition = Scripts.Definition(TorchPython.Program, "num_workers: [1]").Replace("{timeout: 2m}", "{timeout: 2m, stall_timeout: 8s}", StringComparison.Ordinal);

        var run = await RunAsync(Scripts.Hanging, definition);

        Assert.True(run.ExitCode == 3, run.ToString());
        AssertHas(
            Assert.Single(run.Lines, line => line.Contains(": error ", StringComparison.Ordinal)),
            "EXP3112", "after step 1 with num_workers=1; try: num_workers=0; ended after 8 s without a step; by hand: cd ");
    }

    [Fact]
    public async Task Ranks_of_torchrun_are_told_apart_and_counted_together()
    {
        TorchPython.Require();

        var run = await RunAsync(Scripts.Distributed, Launched("ranks: [1, 2]", "[]"));

        Assert.True(run.ExitCode == 0, run.ToString());
        foreach (var trial in Results().GetProperty("sweep").GetProperty("trials").EnumerateArray())
        {
            var ranks = trial.GetProperty("configuration").GetProperty("values").GetProperty("ranks").GetInt32();
            var folder = Path.Combine(_workspace.SweepFolder("torch"), "trials", trial.GetProperty("trialId").GetString()!);
            Assert.Equal(ranks == 2, File.Exists(Path.Combine(folder, "events.jsonl.rank1")));
            foreach (var events in Directory.GetFiles(folder, "events.jsonl*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                var steps = File.ReadLines(events).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("type").GetString() == "step").ToList();
                Assert.Equal(10, steps.Count);
                Assert.All(steps, step => Assert.Equal(4 * ranks, step.GetProperty("samples").GetInt32()));
            }
        }
    }

    [Fact]
    public async Task What_a_rank_failed_of_is_named_not_that_its_launcher_failed()
    {
        TorchPython.Require();

        var run = await RunAsync(Scripts.Distributed, Launched("ranks: [2]", "[\"1\"]"));

        Assert.True(run.ExitCode == 3, run.ToString());
        AssertHas(Assert.Single(run.Lines, line => line.Contains(": error ", StringComparison.Ordinal)), "ValueError: a rank that fails");
    }

    [Fact]
    public async Task A_python_that_ignores_the_probe_is_not_measured_and_red()
    {
        TorchPython.Require();
        Wrapper("isolated", "-I");

        var run = await RunAsync(Scripts.HardCoded.Replace("100000", "1"), Scripts.Definition("./isolated", "num_workers: [0]"));

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains(run.Lines, line => line.Contains("error EXP3101: The probe is not attached", StringComparison.Ordinal) && line.Contains("-I or -E", StringComparison.Ordinal));
        Assert.Equal("notMeasured", Assert.Single(Results().GetProperty("sweep").GetProperty("trials").EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Without_torch_nothing_runs_and_the_remedy_is_said()
    {
        TorchPython.Require();
        Wrapper("bare", "-S"); // without site-packages

        var run = await RunAsync(Scripts.HardCoded, Scripts.Definition("./bare", "num_workers: [0]"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("torch.yaml(4,", StringComparison.Ordinal)
            && line.Contains("error EXP5021", StringComparison.Ordinal) && line.Contains("No module named 'torch'; install it there", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, ".experiments")));
    }

    [Fact]
    public async Task Without_an_interpreter_nothing_runs()
    {
        var run = await RunAsync(Scripts.HardCoded, Scripts.Definition("no-such-python", "num_workers: [0]"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Contains("error EXP5020: train.python is no-such-python", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, ".experiments")));
    }

    private static void AssertHas(string line, params string[] parts) => Assert.All(parts, part => Assert.True(line.Contains(part, StringComparison.Ordinal), $"'{part}' is not in: {line}"));

    /// <summary>Under torchrun; torch 1.13 on Python 3.11 takes no value of 0 for its last two options, and that is their default.</summary>
    private static string Launched(string matrix, string args) => Scripts.Definition(TorchPython.Program, matrix, args)
        .Replace("  args:", "  launcher: [torchrun, --standalone, \"--nproc_per_node={ranks}\", --redirects=1, --tee=1]\n  args:", StringComparison.Ordinal);

    private Task<ToolRun> RunAsync(string script, string definition)
    {
        _workspace.Write("train.py", script);
        _workspace.Write("torch.yaml", definition);
        return _workspace.RunAsync("run", "torch.yaml");
    }

    /// <summary>An interpreter with an option that no definition can give it.</summary>
    private void Wrapper(string name, string option)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var file = _workspace.Write(name, $"#!/bin/sh\nexec {TorchPython.Program} {option} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The names of what the one trial of a sweep was measured by. Left out: what its training reported, and growth, which steps this short may have too few readings for.</summary>
    /// <summary>The names of what was measured, without those that ask for more than a second of steps.</summary>
    private IEnumerable<string> Measures(string experiment) => Results(experiment).GetProperty("sweep").GetProperty("trials").EnumerateArray().Single()
        .GetProperty("metrics").EnumerateObject().Select(metric => metric.Name).Where(name => !name.StartsWith("train/", StringComparison.Ordinal) && !name.StartsWith("memory/growth", StringComparison.Ordinal)
            && name != "cpu/seconds_per_sample").Order(StringComparer.Ordinal);

    private JsonElement Results(string experiment = "torch") =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_workspace.SweepFolder(experiment), "results.json"))).RootElement;

    private JsonElement Loader(string trialId) => File.ReadLines(Path.Combine(_workspace.SweepFolder("torch"), "trials", trialId, "events.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Single(line => line.GetProperty("type").GetString() == "phase" && line.GetProperty("name").GetString() == "loader");
}
