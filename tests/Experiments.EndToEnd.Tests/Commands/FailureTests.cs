using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Whatever happens, the command ends with an exit code of its own and a sentence.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Events_that_are_no_text_cost_their_own_line_and_no_trial_after_them()
    {
        _workspace.Write("good.sh", Trainings.Good);
        _workspace.Write("bytes.sh", """printf '{"type":"\377","step":1,"step_s":1}\n' >> "$EXPERIMENTS_EVENTS"; sh good.sh""");
        _workspace.Write("surrogate.sh", """printf '{"type":"metric","name":"\\ud800","value":1}\n' >> "$EXPERIMENTS_EVENTS"; sh good.sh""");
        _workspace.Write("x.yaml", "name: x\ntrain: {command: [sh, \"{script}\"], steps: 8, warmup_steps: 2}\nmatrix: {script: [bytes.sh, surrogate.sh, good.sh]}");

        var run = await _workspace.RunAsync("run", "x.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_workspace.SweepFolder("x"), "journal.jsonl")).Length);
    }

    [Theory]
    [InlineData("file:./mlruns")]
    [InlineData("./mlruns")]
    [InlineData("databricks")]
    [InlineData("postgresql://user:geheim@host/db")]
    [InlineData("mysql+pymysql://user:ge/heim@host/db?password=geheim")]
    [InlineData("http://")]
    [InlineData("sqlite:///:memory:")]
    public async Task A_tracking_uri_of_no_known_kind_is_refused_before_anything_runs_and_shows_no_password(string uri)
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        var environment = new Dictionary<string, string> { ["MLFLOW_TRACKING_URI"] = uri };

        var run = await _workspace.RunAsync(environment, "run", "small.yaml", "--verbose");
        var doctor = await _workspace.RunAsync(environment, "doctor");
        var named = new Workspace();
        named.Write("train.sh", Trainings.Good);
        named.Write("small.yaml", Trainings.Definition + $"\nmlflow: {{tracking_uri: \"{uri}\"}}");
        var inDefinition = await named.RunAsync("run", "small.yaml");
        named.Dispose();

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.StartsWith("experiments: error EXP4005: MLFLOW_TRACKING_URI: ", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, ".experiments")));
        Assert.True(inDefinition.ExitCode == 2 && inDefinition.Lines[^1].StartsWith("small.yaml(14,", StringComparison.Ordinal), inDefinition.ToString());
        Assert.Equal(0, doctor.ExitCode);
        Assert.Contains(doctor.Lines, line => line.StartsWith("! MLflow", StringComparison.Ordinal));
        Assert.All(new[] { run, doctor, inDefinition }, each => Assert.DoesNotContain("heim", each.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Init_of_a_folder_that_is_not_there_says_so()
    {
        var run = await _workspace.RunAsync("init", "nowhere");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("nowhere does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_whose_folder_cannot_be_made_is_not_accepted_and_says_why()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);
        _workspace.Write("baselines", "a file stands here");

        var run = await _workspace.RunAsync("baseline", "accept", "small.yaml");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("error EXP5037: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("baselines", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkdir results.json")]
    [InlineData("mkfifo results.json")]
    [InlineData("printf '{' > results.json")]
    public async Task A_latest_sweep_that_cannot_be_read_is_said_and_no_older_one_is_judged_in_its_place(string make)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "has no such files");
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);
        var later = Directory.CreateDirectory(Path.Combine(_workspace.Folder, ".experiments/small/30000101-000000-0000")).FullName;
        File.Copy(Path.Combine(_workspace.SweepFolders("small")[0], "plan.json"), Path.Combine(later, "plan.json"));
        using (var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", make]) { WorkingDirectory = later })!)
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        foreach (var command in new[] { "gate", "report", "advise", "publish" })
        {
            var run = await _workspace.RunAsync(command, "small.yaml");

            Assert.True(run.ExitCode == 2, run.ToString());
            Assert.Contains("error EXP3010: ", run.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sweep_without_a_folder_to_lie_in_does_not_start()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        _workspace.Write("full", "a file stands here");

        var run = await _workspace.RunAsync("run", "small.yaml", "--root", "full");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("error EXP5002: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_host_that_dies_is_a_lack_for_doctor_and_stops_a_sweep_that_asks_it()
    {
        var environment = new Dictionary<string, string> { ["EXPERIMENTS_TRAINING_HOST"] = _workspace.Write("broken.dll", "no assembly") };
        _workspace.Write("gpu.yaml", "name: gpu\ntrain: {torchsharp: utterance-fusion, device: cuda}\ndatasets: {a: {synthetic: meld-da, samples: 64}}\nmatrix: {dataset: [a], num_workers: [0]}");

        var run = await _workspace.RunAsync(environment, "run", "gpu.yaml");
        var doctor = await _workspace.RunAsync(environment, "doctor");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("gpu.yaml(2,9): error EXP5012: 'dotnet exec ", run.Output, StringComparison.Ordinal);
        Assert.Contains("ended with exit code", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, doctor.ExitCode);
        Assert.Contains(doctor.Lines, line => line.StartsWith("! TorchSharp", StringComparison.Ordinal) && line.Contains("ended with exit code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_git_that_does_not_answer_costs_a_sweep_its_branch_and_nothing_else()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script as git");
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        var git = _workspace.Write("bin/git", "#!/bin/sh\nsleep 300 &\nsleep 300\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = $"{Path.GetDirectoryName(git)}:{Environment.GetEnvironmentVariable("PATH")}";

        var run = await _workspace.RunAsync(new Dictionary<string, string> { ["PATH"] = path }, "run", "small.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Empty(TrialProcesses.Of(_workspace.Folder));
    }

    [Fact]
    public async Task What_nobody_expected_ends_with_5_a_sentence_and_the_details_in_a_file()
    {
        // A broken installation: one of the command's own assemblies is gone.
        var installed = Path.Combine(_workspace.Folder, "tool");
        Directory.CreateDirectory(installed);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(BuiltProgram.PathOf("Experiments.Tool"))!))
            if (Path.GetFileName(file) is not ("Experiments.Reports.dll" or "Experiments.Tool.deps.json")) // the list would tell before the command begins
                File.Copy(file, Path.Combine(installed, Path.GetFileName(file)));
        var temp = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "temp")).FullName;
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temp };

        var run = await ToolRun.StartAsync(Path.Combine(installed, "Experiments.Tool.dll"), _workspace.Folder, environment, "run", "small.yaml");
        var verbose = await ToolRun.StartAsync(Path.Combine(installed, "Experiments.Tool.dll"), _workspace.Folder, environment, "run", "small.yaml", "--verbose");

        Assert.True(run.ExitCode == 5, run.ToString());
        Assert.DoesNotContain("   at ", run.ToString(), StringComparison.Ordinal);
        Assert.Contains("error EXP5010: the tool itself failed, no gate did: FileNotFoundException: ", run.ToString(), StringComparison.Ordinal);
        Assert.Contains("   at ", File.ReadAllText(Directory.GetFiles(temp, "experiments-failure-*.log")[0]), StringComparison.Ordinal);
        Assert.Equal(5, verbose.ExitCode);
        Assert.Contains("   at ", verbose.ToString(), StringComparison.Ordinal);
    }
}
