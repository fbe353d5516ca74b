using Experiments.Core.Diagnostics;
using System.Diagnostics;
using Experiments.PyTorch.Diagnosis;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>Where the probe cannot attach or cannot write, the script runs as ever and the diagnosis says why.</summary>
[Trait("Needs", "pytorch")]
public sealed class AttachmentTests
{
    [Theory]
    [InlineData("-I")]
    [InlineData("-E")]
    [InlineData("-S")]
    public async Task Isolated_interpreters_are_not_attached(string option)
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = "no_loader.py", Arguments = ["plain"], PythonOptions = [option],
        });
        Assert.Equal(0, result.ExitCode);
        var diagnosis = Diagnose(result);
        Assert.Equal(PyTorchDiagnostics.ProbeNotAttached.Code, diagnosis.Code);
        Assert.Contains(option, diagnosis.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sitecustomize_that_the_probe_shadows_still_runs()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "hardcoded.py", PythonPath = await SitecustomizeAsync("print('mine ran')") });
        Assert.StartsWith("mine ran\nepoch 0 64", System.Text.Encoding.UTF8.GetString(result.Output), StringComparison.Ordinal);
        Assert.Equal(16, result.Record.Steps);
    }

    [Fact]
    public async Task A_broken_sitecustomize_is_reported_by_Python_as_ever()
    {
        var path = await SitecustomizeAsync("raise RuntimeError('broken')");
        var run = new ScriptRun { Script = "no_loader.py", Arguments = ["plain"], PythonPath = path };
        var (plain, probed) = (await ScriptRunner.RunAsync(run with { WithProbe = false }), await ScriptRunner.RunAsync(run));
        Assert.Contains("RuntimeError: broken", plain.Error, StringComparison.Ordinal);
        Assert.Contains("RuntimeError: broken", probed.Error, StringComparison.Ordinal);
        Assert.Equal(plain.Output, probed.Output);
        Assert.True(probed.Record.Started);
    }

    [Fact]
    public async Task Another_sitecustomize_that_comes_first_is_named()
    {
        var other = await SitecustomizeAsync("");
        var path = other + Path.PathSeparator + ProbeFolder.Path + Path.PathSeparator + ScriptRunner.Folder;
        var result = await ScriptRunner.RunAsync(
            new ScriptRun { Script = "hardcoded.py", Environment = new Dictionary<string, string> { ["PYTHONPATH"] = path } });
        Assert.Equal(0, result.ExitCode);
        var environment = new Dictionary<string, string?> { ["PYTHONPATH"] = path };
        var interpreter = await InterpreterReader.ReadAsync(result.Command[0], environment, TestContext.Current.CancellationToken);
        Assert.Contains(other, Diagnose(result, interpreter).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_virtual_environment_is_measured_and_its_sitecustomize_runs_if_it_does_without_the_probe()
    {
        var python = await TorchPython.RequireAsync();
        var folder = TestFolders.Create();
        using var venv = Process.Start(python, ["-m", "venv", "--system-site-packages", "--without-pip", folder]);
        await venv.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(venv.ExitCode == 0, "this Python cannot make virtual environments");
        var packages = Directory.GetDirectories(folder, "site-packages", SearchOption.AllDirectories)[0];
        await File.WriteAllTextAsync(Path.Combine(packages, "sitecustomize.py"), "print('of the venv')", TestContext.Current.CancellationToken);
        var run = new ScriptRun { Script = "hardcoded.py", Python = Path.Combine(folder, "bin", "python") };
        var (plain, probed) = (await ScriptRunner.RunAsync(run with { WithProbe = false }), await ScriptRunner.RunAsync(run));
        Assert.Equal(plain.Output, probed.Output); // Debian's own sitecustomize comes before the venv's
        Assert.Equal(16, probed.Record.Steps);
    }

    [Theory]
    [InlineData("/proc/experiments/events.jsonl")]
    [InlineData("/dev/full")]
    public async Task A_log_that_cannot_be_written_leaves_the_script_alone(string events)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var run = new ScriptRun { Script = "hardcoded.py", EventsFile = events, Settings = new ProbeSettings { NumWorkers = 2 } };
        var (plain, probed) = (await ScriptRunner.RunAsync(run with { WithProbe = false }), await ScriptRunner.RunAsync(run));
        Assert.Equal(0, probed.ExitCode);
        Assert.Equal(plain.Output, probed.Output);
        var evidence = new TrialEvidence { ExitCode = 0, Command = probed.Command, EventsFileWritable = false };
        Assert.Contains("cannot be written", TrialDiagnoser.Diagnose(evidence)[0].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_cuts_the_record_and_not_the_training()
    {
        await Privileges.RequireMountsAsync();
        var folder = TestFolders.Create();
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = "exits.py", Arguments = ["sys"], EventsFile = Path.Combine(folder, "events.jsonl"),
            Shell = $"mount -t tmpfs -o size=4k tmpfs '{folder}' && head -c 3000 /dev/zero >'{folder}/other'; "
                + $"\"$@\"; code=$?; cp '{folder}/events.jsonl' '{folder}.copy'; umount '{folder}'; exit $code",
        });
        Assert.Equal(4, result.ExitCode);
        var record = PyTorch.Record.ProbeRecordReader.ReadFile(folder + ".copy");
        Assert.False(record.Ended);
    }

    [Theory]
    [InlineData("plain", "never imported")]
    [InlineData("torch", "no DataLoader was made")]
    public async Task A_script_without_loaders_is_told_from_a_probe_that_is_not_attached(string argument, string evidence)
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "no_loader.py", Arguments = [argument] });
        Assert.True(result.Record is { Started: true, Ended: true });
        var diagnosis = Diagnose(result);
        Assert.Equal(PyTorchDiagnostics.NoDataLoader.Code, diagnosis.Code);
        Assert.Contains(evidence, diagnosis.Evidence, StringComparison.Ordinal);
    }

    private static TrialDiagnosis Diagnose(ScriptResult result, InterpreterInfo? interpreter = null) =>
        TrialDiagnoser.Diagnose(new TrialEvidence
        {
            ExitCode = result.ExitCode, Signal = result.Signal, Record = result.Record, Command = result.Command, Interpreter = interpreter,
        })[0];

    private static async Task<string> SitecustomizeAsync(string content)
    {
        var folder = TestFolders.Create();
        await File.WriteAllTextAsync(Path.Combine(folder, "sitecustomize.py"), content);
        return folder;
    }
}
