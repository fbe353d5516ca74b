using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Building;

namespace Experiments.Definitions.Tests.Building;

public class DefinitionWriterTests
{
    [Fact]
    public void Everything_that_can_be_said_is_written_under_the_definitions_own_keys()
    {
        var json = Write(e => e
            .TorchSharp("Mine.Task", "bin/Mine.dll").Evaluate(false)
            .EnvironmentVariable("OMP_NUM_THREADS", "{num_workers}")
            .BatchSize(32).WarmupSteps(2).Steps(10).Device("cpu")
            .DatasetFolder("MELD-DA", "data/meld-da").SyntheticDataset("MIntRec", "mintrec", samples: 64)
            .Dataset("MELD-DA", "MIntRec").NumWorkers(0, 2).PinMemory(false, true).PrefetchFactor(2, 4).PersistentWorkers(true).Axis("lr", 0.1, 1e-3)
            .Exclude(c => c.Dataset("MIntRec").NumWorkers(2).PinMemory(true).PrefetchFactor(4).PersistentWorkers(true))
            .Include(c => c.Axis("lr", 0.5).Axis("note", "slow"))
            .Repeats(3).Seed(7)
            .Limit(memory: "12GiB", timeout: TimeSpan.FromSeconds(90.5), stallTimeout: TimeSpan.FromSeconds(30))
            .Gate(g => g.PeakMemory("8GiB", 0.1).MemoryGrowth("1MiB/step").Throughput(0.055, allowMissingBaseline: false))
            .Gate(g => g.Trend(0.05).Suppress("4f2a9c1", "checksums", new DateOnly(2027, 1, 31)))
            .Gate(g => g.Suppress("drift", "a slower disk", new DateOnly(2026, 12, 1)))
            .Mlflow("data-loading", "sqlite:///mlflow.db"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {
              "name": "all",
              "train": {
                "torchsharp": "Mine.Task", "assembly": "../../bin/Mine.dll", "evaluate": false, "batch_size": 32, "warmup_steps": 2, "steps": 10, "device": "cpu",
                "working_directory": "../..", "env": { "OMP_NUM_THREADS": "{num_workers}" }
              },
              "datasets": { "MELD-DA": { "path": "../../data/meld-da" }, "MIntRec": { "synthetic": "mintrec", "samples": 64 } },
              "matrix": {
                "dataset": ["MELD-DA", "MIntRec"], "num_workers": [0, 2], "pin_memory": [false, true], "prefetch_factor": [2, 4], "persistent_workers": [true], "lr": [0.1, 0.001],
                "exclude": [{ "dataset": "MIntRec", "num_workers": 2, "pin_memory": true, "prefetch_factor": 4, "persistent_workers": true }],
                "include": [{ "lr": 0.5, "note": "slow" }]
              },
              "repeats": 3,
              "seed": 7,
              "limits": { "memory": "12GiB", "timeout": "90.5s", "stall_timeout": "30s" },
              "gates": {
                "peak_memory": { "max": "8GiB", "max_increase": "10%" },
                "memory_growth": { "max": "1MiB/step" },
                "throughput": { "allow_missing_baseline": false, "max_regression": "5.5%" },
                "trend": {
                  "max_slowdown": "5%",
                  "suppress": { "4f2a9c1": { "reason": "checksums", "until": "2027-01-31" }, "drift": { "reason": "a slower disk", "until": "2026-12-01" } }
                }
              },
              "mlflow": { "experiment": "data-loading", "tracking_uri": "sqlite:///mlflow.db" },
              "source": "../../build.cake(7)"
            }
            """), JsonNode.Parse(json)), json);
    }

    [Theory]
    [InlineData("./train.sh", "./train.sh")]
    [InlineData("/builds/mine/tools/train.sh", "tools/train.sh")]
    [InlineData("/usr/bin/env", "../../usr/bin/env")]
    [InlineData("bash", "bash")]
    public void A_program_is_written_relative_to_where_it_runs(string program, string written) =>
        Assert.Equal(written, (string?)JsonNode.Parse(Write(e => e.Command(program, "{num_workers}").NumWorkers(0)))!["train"]!["command"]![0]);

    [Fact]
    public void What_is_not_said_is_not_written()
    {
        var keys = JsonNode.Parse(Write(e => e.Command("./train.sh", "{num_workers}").NumWorkers(0)))!.AsObject().Select(key => key.Key);

        Assert.Equal(["name", "train", "matrix", "source"], keys);
    }

    [Fact]
    public void The_same_experiment_is_the_same_text_under_any_culture()
    {
        static string Text() => Write(e => e.PyTorch("run.py", args => args.Axis("--lr", "lr").Add("--train")).Axis("lr", 0.5).Limit(timeout: TimeSpan.FromSeconds(1.5)).Gate(g => g.Throughput(0.055)));
        var invariant = Text();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(invariant, Text());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Write(Action<ExperimentBuilder> configure)
    {
        var reading = ExperimentBuilder.Build("all", configure, "/builds/mine", new SourcePosition("build.cake", 7, 1));
        Assert.Empty(reading.Diagnostics);
        return DefinitionWriter.Text(reading.Definition!);
    }
}
