using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Tests;

/// <summary>The table of keys against the reader: no key without effect, no default that is another one.</summary>
public sealed class DefinitionKeysTests : IDisposable
{
    // Defaults that are computed, and that of the steered loaders: written out, it steers them even if an argument takes the setting. A key of executor.slurm chooses Slurm.
    private static readonly string[] Computed =
        ["limits.memory", "gates.throughput.max_repeats", "train.working_directory", "train.python", "train.samples_per_step", "train.probe.loaders", "gates.throughput.against", "executor", "executor.slurm.partition", "executor.slurm.cpus", "executor.slurm.memory", "executor.slurm.time", "executor.slurm.array_parallelism", "executor.slurm.exclusive", "executor.slurm.pack", "mlflow.experiment", "mlflow.tracking_uri", "machine"];

    /// <summary>A value for each key that is not its default.</summary>
    internal static Dictionary<string, string> Samples { get; } = new()
    {
        ["name"] = "other",
        ["train.pytorch.module"] = "pkg.train",
        ["train.args"] = "[a]",
        ["train.env"] = "{A: b}",
        ["train.working_directory"] = "data",
        ["train.setup"] = "[make]",
        ["train.share"] = "[data]",
        ["train.batch_size"] = "1",
        ["train.warmup_steps"] = "1",
        ["train.steps"] = "1",
        ["train.device"] = "cuda:1",
        ["train.assembly"] = "my.dll",
        ["train.evaluate"] = "false",
        ["train.python"] = "python3",
        ["train.launcher"] = "[torchrun]",
        ["train.step"] = "batch",
        ["train.samples_per_step"] = "64",
        ["train.probe.loaders"] = "data/utils.py:31",
        ["train.probe.stop"] = "at_end",
        ["train.metrics"] = "{a: (b)}",
        ["datasets.*.path"] = "data",
        ["datasets.*.synthetic"] = "iemocap-da",
        ["datasets.*.samples"] = "7",
        ["matrix.dataset"] = "[AAAA]",
        ["matrix.num_workers"] = "[3]",
        ["matrix.pin_memory"] = "[true]",
        ["matrix.prefetch_factor"] = "[4]",
        ["matrix.persistent_workers"] = "[true]",
        ["matrix.batch_size"] = "[4]",
        ["matrix.exclude"] = "[{num_workers: 0}]",
        ["matrix.include"] = "[{num_workers: 9}]",
        ["repeats"] = "9",
        ["seed"] = "9",
        ["limits.memory"] = "1GiB",
        ["limits.gpu_memory"] = "1GiB",
        ["limits.processes"] = "7",
        ["limits.timeout"] = "1s",
        ["limits.stall_timeout"] = "1s",
        ["gates.peak_memory.max"] = "1GiB",
        ["gates.peak_memory.max_increase"] = "1%",
        ["gates.gpu_memory.max"] = "1GiB",
        ["gates.gpu_memory.max_increase"] = "1%",
        ["gates.metrics.*.min"] = "-0.5",
        ["gates.metrics.*.max"] = "1e-3",
        ["gates.metrics.*.max_increase"] = "2%",
        ["gates.metrics.*.max_decrease"] = "150%",
        ["gates.memory_growth.max"] = "1MiB/step",
        ["gates.throughput.max_regression"] = "1%",
        ["gates.throughput.allow_missing_baseline"] = "false",
        ["gates.throughput.false_alarm_rate"] = "5%",
        ["gates.throughput.against"] = "main",
        ["gates.throughput.budget"] = "10s",
        ["gates.throughput.max_repeats"] = "6",
        ["gates.throughput.confirm"] = "false",
        ["gates.data_stall.max_wait_fraction"] = "20%",
        ["gates.data_stall.min_accelerator_utilization"] = "90%",
        ["gates.baseline.source"] = "sweep:20261122-180000-abcd",
        ["gates.baseline.sweeps"] = "3",
        ["gates.baseline.ratchet"] = "true",
        ["gates.trend.max_slowdown"] = "5%",
        ["gates.trend.suppress.*.reason"] = "other",
        ["gates.trend.suppress.*.until"] = "2027-02-28",
        ["executor.slurm.partition"] = "gpu",
        ["executor.slurm.gres"] = "gpu:1",
        ["executor.slurm.cpus"] = "16",
        ["executor.slurm.memory"] = "64G",
        ["executor.slurm.time"] = "30m",
        ["executor.slurm.account"] = "lab",
        ["executor.slurm.constraint"] = "a100",
        ["executor.slurm.extra"] = "[--qos=high]",
        ["executor.slurm.setup"] = "[module load cuda]",
        ["executor.slurm.array_parallelism"] = "8",
        ["executor.slurm.exclusive"] = "false",
        ["executor.slurm.pack"] = "16",
        ["mlflow.experiment"] = "other",
        ["mlflow.tracking_uri"] = "sqlite:///x.db",
        ["machine"] = "ci-large",
        ["source"] = "build.cake(3)",
    };

    private readonly Workplace _workplace = new();

    public static TheoryData<string> Keys =>
        [.. DefinitionKeys.All().Where(key => key.Key.Kind is not (SectionKind or MatrixKind or MapKind { Value: SectionKind }) && !TaskKind.Names.Contains(key.Key.Name)).Select(key => key.Path)];

    public static TheoryData<string> Defaults => [.. DefinitionKeys.All().Where(key => key.Key.Default is not null && !Computed.Contains(key.Path)).Select(key => key.Path)];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_has_an_effect(string path)
    {
        Assert.True(Samples.TryGetValue(path, out var value), $"{path} has no sample here");

        Assert.NotEqual(Json(Definition(TaskOf(path), null)), Json(Definition(TaskOf(path), (path, value))));
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_default_written_out_changes_nothing(string path)
    {
        var value = DefinitionKeys.All().Single(key => key.Path == path).Key.Default!;

        Assert.Equal(Json(Definition(TaskOf(path), null)), Json(Definition(TaskOf(path), (path, value))));
    }

    [Fact]
    public void Every_key_says_what_it_means_in_sentences() =>
        Assert.All(DefinitionKeys.All(), key => Assert.True(key.Key.Meaning.EndsWith('.') && (char.IsUpper(key.Key.Meaning[0])), key.Path));

    private static string TaskOf(string path) => DefinitionKeys.All().Single(key => key.Path == path).Key.Tasks is [var task, ..] ? task
        : path.StartsWith("train.probe", StringComparison.Ordinal) || path.StartsWith("train.pytorch.", StringComparison.Ordinal) ? TaskKind.PyTorch
        : TaskKind.Command;

    private static string Json(ExperimentDefinition definition) => JsonSerializer.Serialize(definition, ExperimentsJson.Compact.ExperimentDefinition);

    private ExperimentDefinition Definition(string task, (string Path, string Value)? key)
    {
        var text = Text(task, key is { } added ? [added] : []);
        var reading = _workplace.Read(text);
        Assert.True(reading.Definition is not null, text + string.Join('\n', _workplace.Lines(reading)));
        return reading.Definition;
    }

    // Flow mappings within flow mappings: each section is one line that a key can be added to.
    internal static string Text(string task, IReadOnlyCollection<(string Path, string Value)> keys)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>
        {
            [""] = new() { ["name"] = "x" },
            ["train"] = new() { [task] = task switch { TaskKind.Command => "[ls]", TaskKind.PyTorch => "run.py", _ => "My.Task" } },
            ["matrix"] = new() { ["num_workers"] = "[0, 1]" },
            ["gates.trend.suppress.*"] = new() { ["reason"] = "known", ["until"] = "2027-01-31" },
            ["datasets.*"] = keys.Any(key => key.Path == "datasets.*.path") ? [] : new() { ["synthetic"] = "mintrec" },
        };
        if (keys.Any(key => key.Path == "train.pytorch.module"))
            sections["train"].Remove(TaskKind.PyTorch); // a mapping in the script's place
        if (task == TaskKind.TorchSharp)
            sections["train"]["assembly"] = "my.dll";
        foreach (var (path, value) in keys)
        {
            var split = path.LastIndexOf('.');
            var section = split < 0 ? "" : path[..split];
            sections.TryAdd(section, []);
            sections[section][path[(split + 1)..]] = path == "train.assembly" ? "run.py" : value;
        }
        return Write(sections, "");
    }

    private static IEnumerable<string> WithParents(string path) =>
        path.Contains('.', StringComparison.Ordinal) ? [path, .. WithParents(path[..path.LastIndexOf('.')])] : [path];

    private static string Write(Dictionary<string, Dictionary<string, string>> sections, string section)
    {
        var own = sections.GetValueOrDefault(section, []).Select(key => $"{key.Key}: {key.Value}");
        var prefix = section.Length == 0 ? "" : section + ".";
        var children = sections.Keys.SelectMany(WithParents).Distinct()
            .Where(path => path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal) && !path[prefix.Length..].Contains('.', StringComparison.Ordinal))
            .Select(path => $"{(path.EndsWith('*') ? "AAAA" : path[prefix.Length..])}: {Write(sections, path)}");
        return "{" + string.Join(", ", own.Concat(children)) + "}";
    }
}
