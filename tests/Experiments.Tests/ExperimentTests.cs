using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Tuning;

namespace Experiments.Tests;

/// <summary>The library as a program uses it: what the command does, without a process of its own.</summary>
public sealed class ExperimentTests : IDisposable
{
    private const string Definition = """
        name: loading
        train: {command: [sh, train.sh], steps: 8, warmup_steps: 2, working_directory: ..}
        matrix: {num_workers: [0, 2]}
        limits: {timeout: 60s}
        gates: {peak_memory: {max: 1GiB}}
        """;

    private const string Training = """
        i=1
        while [ $i -le $((EXPERIMENTS_WARMUP_STEPS + EXPERIMENTS_STEPS)) ]; do
          echo "{\"type\":\"step\",\"step\":$i,\"samples\":64,\"wait_s\":0.001,\"step_s\":0.01}" >> "$EXPERIMENTS_EVENTS"
          i=$((i + 1))
        done
        """;

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-library-");

    public ExperimentTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "experiments"));
        File.WriteAllText(Path.Combine(_folder.FullName, "experiments", "loading.yaml"), Definition);
        File.WriteAllText(Path.Combine(_folder.FullName, "train.sh"), Training);
        Environment.CurrentDirectory = _folder.FullName;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_readme_shows_a_sweep_in_six_lines_that_run()
    {
        var source = File.ReadAllLines(RepositoryFolder.Combine("tests", "Experiments.Tests", "ReadmeExample.cs"));
        var shown = source.SkipWhile(line => line.Trim() != "// README").Skip(1).TakeWhile(line => line.Trim() != "// end").Select(line => line[8..]).ToArray();

        Assert.InRange(shown.Length, 1, 6);
        Assert.Contains(string.Join('\n', shown), File.ReadAllText(RepositoryFolder.Combine("README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Pass, await ReadmeExample.MainAsync());
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, ".experiments"), "report.html", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }));
    }

    [Fact]
    public async Task A_sweep_is_planned_run_followed_judged_again_reported_and_advised()
    {
        var definition = Experiment.Read("experiments/loading.yaml");
        var follower = new Follower();
        using var notes = new StringWriter();

        var run = await Experiment.RunAsync(definition, new RunOptions { Plan = new PlanOptions { Repeats = 2 }, Observers = [follower], Notes = notes }, TestContext.Current.CancellationToken);
        var gated = await Experiment.GateAsync(definition, cancellationToken: TestContext.Current.CancellationToken);
        var advice = Experiment.Advise(definition, options: null, 16);

        Assert.Equal(Experiment.Plan(definition, new PlanOptions { Repeats = 2 }).Trials.Select(trial => trial.Id), follower.Finished);
        Assert.Equal((ExitCodes.Pass, true), (run.ExitCode, run.IsWhole));
        Assert.Equal(run.Folder, gated.Folder);
        Assert.Equal(run.Report.Assessment.Configurations.Select(one => one.Verdict), gated.Report.Assessment.Configurations.Select(one => one.Verdict));
        Assert.Equal(run.Report.Sweep.SweepId, Experiment.Report(definition).Report.Sweep.SweepId);
        Assert.Equal(run.Report.Sweep.SweepId, advice.SweepId);
        Assert.Contains(run.Report.Sweep.SweepId, Experiment.Unpublished(definition));
        Assert.True((await Experiment.PublishAsync(definition, run.Report.Sweep.SweepId, cancellationToken: TestContext.Current.CancellationToken)).IsComplete);
        Assert.Equal(2, (await Experiment.HistoryAsync(definition, cancellationToken: TestContext.Current.CancellationToken)).Count);
        Assert.Contains("mlflow ui", notes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_says_what_is_missing_and_is_continued()
    {
        var definition = Experiment.Read("experiments/loading.yaml");
        using var cancellation = new CancellationTokenSource();
        File.WriteAllText("train.sh", $"[ $EXPERIMENTS_AXIS_NUM_WORKERS = 0 ] || [ -e go ] || exec sleep 60\n{Training}");
        var follower = new Follower { Started = trial => { if (trial.Configuration.NumWorkers == 2) cancellation.CancelAfter(TimeSpan.FromMilliseconds(500)); } };

        var cut = await Experiment.RunAsync(definition, new RunOptions { Observers = [follower] }, cancellation.Token);
        File.WriteAllText("go", "");
        var whole = await Experiment.RunAsync(definition, new RunOptions { SweepId = RunOptions.Latest }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 2, VerdictKind.NotMeasured), (cut.Report.Sweep.Trials.Count, cut.Report.Sweep.PlannedTrials, cut.Report.Assessment.Verdict));
        Assert.Equal((cut.Folder, 2, ExitCodes.Pass), (whole.Folder, whole.Report.Sweep.Trials.Count, whole.ExitCode));
    }

    [Fact]
    public async Task What_the_user_got_wrong_is_thrown_with_its_code_before_anything_runs()
    {
        File.WriteAllText("experiments/loading.yaml", Definition.Replace("num_workers", "num_wrokers", StringComparison.Ordinal).Replace("matrix", "matrxi", StringComparison.Ordinal));

        var mistake = await Assert.ThrowsAsync<DiagnosticException>(() => Experiment.RunAsync("experiments/loading.yaml", cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("EXP1", mistake.Diagnostic.Code, StringComparison.Ordinal);
        Assert.False(Directory.Exists(".experiments"));
    }

    private sealed class Follower : ISweepObserver
    {
        public List<string> Finished { get; } = [];

        public Action<PlannedTrial> Started { get; init; } = _ => { };

        public string Name => "follower";

        public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
        {
            Started(trial);
            return ValueTask.CompletedTask;
        }

        public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken)
        {
            Finished.Add(result.TrialId);
            return ValueTask.CompletedTask;
        }

        public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    /// <summary>With two workers and more, each holds 300 MiB: the tuning leaves that setting, and the training goes on.</summary>
    [Fact]
    [Trait("Needs", "pytorch")]
    public async Task A_setting_that_nears_the_memory_limit_is_left_and_the_training_is_not_killed()
    {
        var python = Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_PYTHON") ?? "/usr/bin/python3";
        Testing.Requirement.Met("pytorch", HasTorch(python), $"{python} has no torch: apt-get install python3-torch");
        await File.WriteAllTextAsync("greedy.py", """
            import time
            import torch
            from torch.utils.data import DataLoader, Dataset, get_worker_info

            class Greedy(Dataset):
                held = None

                def __len__(self):
                    return 4000

                def __getitem__(self, index):
                    worker = get_worker_info()
                    if worker is not None and worker.num_workers > 1 and self.held is None:
                        self.held = b"x" * (300 << 20)
                    time.sleep(0.004)
                    return torch.tensor([float(index)])

            model = torch.nn.Linear(1, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=1e-9)
            for epoch in range(1000):
                for batch in DataLoader(Greedy(), batch_size=4, shuffle=True):
                    model(batch).sum().backward()
                    optimizer.step()
                    optimizer.zero_grad()
            """, TestContext.Current.CancellationToken);

        var run = await Experiment.TuneAsync(
            new TuneRequest { Script = "greedy.py", Python = python, Budget = TimeSpan.FromSeconds(12), Confirmations = 0, MemoryLimitBytes = 600L << 20, Workers = [0, 1, 2] },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(TrialStatus.Completed, Assert.Single(run.Segments.Report.Sweep.Trials).Status);
        Assert.Contains("neared the limit", run.Report!.Rows.Single(row => row.Setting.NumWorkers == 2).GivenUp, StringComparison.Ordinal);
        Assert.InRange(run.Report.Chosen!.NumWorkers, 0, 1); // one worker loads as fast as none: either may win
        Assert.NotNull(run.Report.Ceiling);
    }

    private static bool HasTorch(string python)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
