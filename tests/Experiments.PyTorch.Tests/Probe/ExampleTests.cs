using System.Text;
using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Diagnosis;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>The example of experiments/pytorch, swept as its definition does.</summary>
[Trait("Needs", "pytorch")]
public sealed class ExampleTests
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "pytorch", "run.py");

    [Fact]
    public async Task The_hard_coded_loader_of_the_example_is_steered_and_stopped()
    {
        var result = await RunAsync("padded", new ProbeSettings { NumWorkers = 2, PinMemory = false, StopAfterSteps = true }, (1, 4));
        Assert.Equal((0, 5), (result.ExitCode, result.Record.Steps));
        var train = result.Record.Loaders.Single(loader => loader.Trains);
        Assert.Equal((true, false, 2), (train.Asked.PinMemory, train.Used.PinMemory, train.Used.NumWorkers));
        Assert.Contains(Path.Combine("data", "utils.py") + ":", train.Site, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_layouts_learn_the_same()
    {
        var padded = await RunAsync("padded", new ProbeSettings(), null);
        var ragged = await RunAsync("ragged", new ProbeSettings(), null);
        Assert.Equal(Loss(padded), Loss(ragged), 1e-3);
        Assert.True(Loss(padded) < Math.Log(3), "it does not learn");
    }

    [Fact]
    public async Task The_memory_that_padding_takes_in_a_worker_is_no_replication()
    {
        var settings = new ProbeSettings { NumWorkers = 1, PinMemory = false, StopAfterSteps = true };
        var result = await RunAsync("padded", settings, (1, 23), samples: 200, scale: "0.5");
        Assert.Equal(0, result.ExitCode);
        var growth = result.Record.Processes.Max(sample => sample.WorkerPrivateBytes.Max()) - result.Record.Processes[0].WorkerPrivateBytes.Min();
        Assert.True(growth > 24 << 20, "nothing grows here that could be taken for replication");
        var diagnoses = TrialDiagnoser.Diagnose(new TrialEvidence
        {
            ExitCode = 0, Record = result.Record, StandardErrorTail = result.Error, Command = result.Command, UsableCores = 32,
        });
        Assert.DoesNotContain(diagnoses, diagnosis => diagnosis.Code == PyTorchDiagnostics.ObjectsReplicated.Code);
    }

    private static async Task<ScriptResult> RunAsync(
        string layout, ProbeSettings settings, (int WarmUp, int Measured)? steps, int samples = 60, string scale = "0.05")
    {
        var store = TestFolders.Create();
        var made = await ScriptRunner.RunAsync(new ScriptRun { Script = "make_store.py", Arguments = [store, $"{samples}", scale], WithProbe = false });
        Assert.Equal("", made.Error);
        return await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = Script, Settings = settings, Steps = steps,
            Arguments = ["--data_path", store, "--layout", layout, "--train_batch_size", "4", "--num_train_epochs", "2", "--train"],
        });
    }

    private static double Loss(ScriptResult result)
    {
        var words = Encoding.UTF8.GetString(result.Output).Split(' '); // test loss 1.0986 accuracy 0.5
        Assert.True(words.Length > 2, result.Error);
        return double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}
