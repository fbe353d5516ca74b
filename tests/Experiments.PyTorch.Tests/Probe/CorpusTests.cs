using Experiments.PyTorch.Record;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>Odd scripts: their own result is unchanged, and the record is right.</summary>
[Trait("Needs", "pytorch")]
public sealed class CorpusTests
{
    private static readonly ProbeSettings TwoWorkers = new() { NumWorkers = 2, PinMemory = false };

    [Fact]
    public async Task A_hard_coded_loader_is_steered()
    {
        var record = await RunAsync("hardcoded.py", TwoWorkers);
        var loader = Assert.Single(record.Loaders);
        Assert.Equal(new LoaderSettings(16, true, 2, false, 8), loader.Asked with { PrefetchFactor = 2 });
        Assert.Equal((2, false), (loader.Used.NumWorkers, loader.Used.PinMemory));
        Assert.EndsWith("hardcoded.py:5", loader.Site, StringComparison.Ordinal);
        Assert.Equal((16, 128), (record.Steps, record.Samples));
        Assert.True(record.FirstBatchSeconds > 0);
    }

    [Fact]
    public async Task A_subclass_keeps_its_own_arguments_and_can_be_pickled()
    {
        var record = await RunAsync("subclass.py", TwoWorkers);
        Assert.EndsWith("subclass.py:14", record.Loaders[0].Site, StringComparison.Ordinal);
        Assert.Equal((2, 8), (record.Loaders[0].Used.NumWorkers, record.Steps));
    }

    [Fact]
    public async Task Positional_arguments_are_steered()
    {
        var record = await RunAsync("positional.py", TwoWorkers);
        Assert.Equal((2, false, 8), (record.Loaders[0].Used.NumWorkers, record.Loaders[0].Used.PinMemory, record.Loaders[0].Used.BatchSize));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task Persistent_workers_are_steered_even_to_none(int workers)
    {
        var record = await RunAsync("persistent.py", TwoWorkers with { NumWorkers = workers });
        Assert.Equal((workers, workers > 0), (record.Loaders[0].Used.NumWorkers, record.Loaders[0].Used.PersistentWorkers));
        Assert.Equal((24, 3), (record.Steps, record.Epochs.Count(epoch => epoch is { Reason: "end", Batches: 8, Samples: 64 })));
    }

    [Theory]
    [InlineData("persistent")]
    [InlineData("prefetch")]
    [InlineData("context")]
    public async Task What_a_script_asks_for_without_workers_stays_its_own_error(string option)
    {
        var result = await RunProbedAndPlainAsync(new ScriptRun { Script = "needs_workers.py", Arguments = [option], Settings = new ProbeSettings { PinMemory = false } });
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ValueError", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fork")]
    [InlineData("spawn")]
    [InlineData("forkserver")]
    public async Task Every_start_method_is_measured_once(string method)
    {
        var record = await RunAsync("start_method.py", TwoWorkers, method);
        Assert.Equal((1, 8, 64), (record.Loaders.Count, record.Steps, record.Samples));
    }

    [Fact]
    public async Task An_iterable_dataset_is_not_multiplied_and_the_record_says_so()
    {
        var record = await RunAsync("iterable.py", TwoWorkers);
        Assert.Equal((0, 20), (record.Loaders[0].Used.NumWorkers, record.Samples));
        Assert.Contains("IterableDataset", Assert.Single(record.Loaders[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_iterable_dataset_is_raised_when_forced()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "iterable.py", Settings = TwoWorkers with { RaiseIterable = true } });
        Assert.Equal(40, result.Record.Samples);
    }

    [Fact]
    public async Task Nested_loaders_in_workers_are_not_recorded_and_zipped_ones_make_one_step()
    {
        var record = await RunAsync("nested.py", TwoWorkers);
        Assert.Equal(3, record.Loaders.Count);
        Assert.Equal((12, 8 + (2 * 64)), (record.Steps, record.Samples));
    }

    [Fact]
    public async Task Validation_is_neither_steered_nor_part_of_the_steps()
    {
        var record = await RunAsync("several.py", TwoWorkers);
        Assert.Equal([2, 1], record.Loaders.Select(loader => loader.Used.NumWorkers));
        Assert.Equal([true, false], record.Loaders.Select(loader => loader.Trains));
        Assert.Equal((16, 128), (record.Steps, record.Samples));
        Assert.True(record.StepSeconds < 3.0, $"two validations of 1.5 s are in the steps: {record.StepSeconds} s");
    }

    [Theory]
    [InlineData("all", 2, 2)]
    [InlineData("several.py:10", 2, 2)]
    [InlineData("several.py:13", 2, 2)] // the caller of the function that makes the loader
    [InlineData("several.py:11", 1, 1)]
    [InlineData("elsewhere.py:10", 1, 1)]
    public async Task Loaders_can_be_chosen(string loaders, int train, int validation)
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "several.py", Settings = TwoWorkers with { Loaders = loaders } });
        Assert.Equal([train, validation], result.Record.Loaders.Select(loader => loader.Used.NumWorkers));
    }

    [Fact]
    public async Task Without_shuffling_the_first_loader_trains_and_epochs_without_gradients_do_not()
    {
        var record = await RunAsync("unshuffled.py", TwoWorkers);
        Assert.Equal([true, false], record.Loaders.Select(loader => loader.Trains));
        Assert.Equal((8, 64), (record.Steps, record.Samples));
    }

    [Fact]
    public async Task Epochs_that_are_broken_off_keep_their_whole_steps()
    {
        var record = await RunAsync("early_break.py", TwoWorkers);
        Assert.Equal(3 * 4 + 4, record.Steps); // and next(iter(loader)) gives a step each, but for the last
        Assert.Equal(3, record.Epochs.Count(epoch => epoch is { Reason: "dropped", Batches: 5 }));
    }

    [Theory]
    [InlineData("worker", "builtins.ValueError")]
    [InlineData("training", "builtins.KeyError")]
    public async Task Exceptions_are_recorded(string where, string type)
    {
        var record = await RunAsync("raises.py", new ProbeSettings(), where);
        Assert.Equal(type, record.Exception?.Type);
        Assert.True(record.Ended);
    }

    [Theory]
    [InlineData("sys", true)]
    [InlineData("os", false)]
    [InlineData("term", false)]
    public async Task Steps_before_a_sudden_end_are_kept(string way, bool ended)
    {
        var record = await RunAsync("exits.py", TwoWorkers, way);
        Assert.Equal((5, ended), (record.Steps, record.Ended));
    }

    [Fact]
    public async Task Children_that_train_one_after_the_other_share_the_numbering()
    {
        var result = await RunProbedAndPlainAsync(new ScriptRun { Script = "children.py", Settings = new ProbeSettings { Step = "batch" } });
        var numbers = File.ReadLines(result.EventsFile).Where(line => line.StartsWith("{\"type\":\"step\"", StringComparison.Ordinal))
            .Select(line => line.Split(':', ',')[3]);
        Assert.Equal(Enumerable.Range(1, 16).Select(number => $"{number}"), numbers);
    }

    [Fact]
    public async Task Children_beside_a_training_parent_write_their_own_files()
    {
        var result = await RunProbedAndPlainAsync(new ScriptRun { Script = "children.py", Arguments = ["parent"], Settings = new ProbeSettings { Step = "batch" } });
        Assert.Equal(8, result.Record.Steps);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(result.EventsFile)!, "events.jsonl.pid*").Length);
    }

    [Fact]
    public async Task Ranks_are_told_apart_and_rank_0_counts_the_samples_of_all()
    {
        var result = await RunProbedAndPlainAsync(new ScriptRun { Script = "distributed.py", PythonOptions = ScriptRunner.TwoRanks });
        Assert.Equal((4, 64), (result.Record.Steps, result.Record.Samples));
        Assert.True(File.Exists(result.EventsFile + ".rank1"));
    }

    [Fact]
    public async Task Samples_are_counted_in_every_layout_of_batches()
    {
        var record = await RunAsync("layouts.py", new ProbeSettings());
        Assert.Equal([10, 10, 10, 10, 15], record.Epochs.Select(epoch => epoch.Samples));
    }

    [Fact]
    public async Task A_script_that_rewrites_its_path_and_hooks_is_measured()
    {
        var record = await RunAsync("rewrites_path.py", TwoWorkers);
        Assert.Equal((8, "builtins.ValueError"), (record.Steps, record.Exception?.Type));
    }

    [Fact]
    public async Task A_flood_of_1_GB_on_standard_output_is_unchanged()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "flood.py" });
        Assert.Equal((1L << 30, 0, 8), (result.OutputBytes, result.ExitCode, result.Record.Steps));
    }

    [Fact]
    public async Task Output_that_is_no_UTF8_is_unchanged() => Assert.Equal(8, (await RunAsync("non_utf8.py", TwoWorkers)).Steps);

    private static async Task<ProbeRecord> RunAsync(string script, ProbeSettings settings, params string[] arguments) =>
        (await RunProbedAndPlainAsync(new ScriptRun { Script = script, Arguments = arguments, Settings = settings })).Record;

    private static async Task<ScriptResult> RunProbedAndPlainAsync(ScriptRun run)
    {
        var running = ScriptRunner.RunAsync(run with { WithProbe = false });
        var probed = await ScriptRunner.RunAsync(run);
        var plain = await running;
        Assert.Equal((plain.ExitCode, plain.Signal), (probed.ExitCode, probed.Signal));
        Assert.Equal(plain.Output, probed.Output);
        return probed;
    }
}
