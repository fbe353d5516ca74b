using System.Text.RegularExpressions;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Commenting;
using Experiments.EndToEnd.Tests.PyTorch;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Workflows;

/// <summary>The workflows that <c>init --ci github</c> writes, run step by step in clones of a repository, against a double of GitHub's API.</summary>
public sealed class GitHubWorkflowTests : IAsyncLifetime
{
    private const string Nightly = ".github/workflows/experiments-nightly.yml";
    private readonly Workspace _workspace = new();
    private CodeHostDouble _host = null!;
    private int _run;

    private string Origin => Path.Combine(_workspace.Folder, "origin.git");

    private string Work => Path.Combine(_workspace.Folder, "work");

    public async ValueTask InitializeAsync()
    {
        _host = await CodeHostDouble.StartAsync();
        await Git.RunAsync(_workspace.Folder, "init", "-q", "--bare", "-b", "main", Origin);
        await Git.RunAsync(_workspace.Folder, "clone", "-q", Origin, Work);
        _workspace.Write("work/experiments/train.sh", Trainings.Good);
        _workspace.Write("work/experiments/small.yaml", Trainings.Definition);
        _workspace.Write("work/.gitignore", ".experiments/\nmlflow.db*\nmlartifacts/\nmlruns/\n");
        var init = await ToolRun.StartAsync(Work, "init", "--ci", "github", "--shards", "2");
        Assert.True(init.ExitCode == ExitCodes.Pass, init.ToString());
        Assert.Contains("gates.throughput.against: merge-base(origin/main)", init.Output, StringComparison.Ordinal);
        await PushAsync("Begin");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _workspace.Dispose();
    }

    [LinuxFact]
    public async Task Nights_end_with_the_merged_verdict_a_history_and_an_issue_where_a_gate_failed()
    {
        var green = await RunAsync(Nightly, "refs/heads/main", succeeds: true);
        Assert.Contains("$ dotnet experiments merge --from shards\n", green.Output["verdict"], StringComparison.Ordinal);
        Assert.Matches(@"small on \S+: 1 sweep\b", green.Output["verdict"]);
        Assert.Contains("## small: ✓ pass", green.Summary, StringComparison.Ordinal);
        Assert.Empty(_host.Issues);
        Assert.All(["shard-1", "shard-2"], shard => Assert.Contains("exit code 0", green.Output[shard], StringComparison.Ordinal));

        _workspace.Write("work/experiments/small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 1KiB", StringComparison.Ordinal));
        await PushAsync("Allow a kilobyte");
        var red = await RunAsync(Nightly, "refs/heads/main", succeeds: false);
        Assert.True(Regex.IsMatch(red.Output["verdict"], @"experiments/small\.yaml\(\d+,\d+\): error EXP2001: "), red.Output["verdict"]);
        var opened = Assert.Single(_host.Issues);
        Assert.Equal("small: ✗ blown up", opened.Title);
        await RunAsync(Nightly, "refs/heads/main", succeeds: false);
        var edited = Assert.Single(_host.Issues);
        Assert.NotEqual(opened.Body, edited.Body);

        await AcceptAsync();
    }

    [LinuxFact]
    public async Task A_pull_request_has_one_comment_that_is_edited()
    {
        await RunAsync(".github/workflows/experiments-pull-request.yml", "refs/pull/12/merge", succeeds: true);
        var posted = Assert.Single(_host.Comments);
        Assert.Contains("## small: ✓ pass", posted.Body, StringComparison.Ordinal);
        _workspace.Write("work/experiments/small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 1KiB", StringComparison.Ordinal));
        await PushAsync("Allow a kilobyte");
        await RunAsync(".github/workflows/experiments-pull-request.yml", "refs/pull/12/merge", succeeds: false);
        Assert.Contains("## small: ✗ blown up", Assert.Single(_host.Comments).Body, StringComparison.Ordinal);
    }

    [LinuxFact]
    [Trait("Needs", "pytorch")]
    [Trait("Worlds", "one")]
    public async Task A_pull_request_is_compared_with_its_merge_base()
    {
        TorchPython.Require();
        File.Delete(Path.Combine(Work, "experiments", "small.yaml"));
        _workspace.Write("work/experiments/loading.yaml", $$"""
            name: loading
            matrix: {num_workers: [2]}
            train: {pytorch: train.py, warmup_steps: 3, steps: 20, python: "{{TorchPython.Program}}" }
            gates: {throughput: {max_regression: 20%, against: merge-base(origin/main), budget: 40s} }
            """);
        _workspace.Write("work/experiments/train.py", TrainingRepository.Training);
        await PushAsync("Train");
        await Git.RunAsync(Work, "switch", "-q", "-c", "slower");
        _workspace.Write("work/experiments/train.py", TrainingRepository.Training.Replace("0.001", "0.003", StringComparison.Ordinal));
        await PushAsync("Sleep longer", "slower");

        await RunAsync(".github/workflows/experiments-pull-request.yml", "refs/pull/12/merge", succeeds: false, ("branch", "slower"));

        var comment = Assert.Single(_host.Comments).Body;
        Assert.Contains("## loading: ✗ regressed", comment, StringComparison.Ordinal);
        Assert.Matches(@"\| num_workers=2 \| \d+ \| \d+ \| -[0-9.]+ % \| -[0-9.]+ % to -[0-9.]+ % \| ✗ slower \|", comment);
        Assert.Contains($"experiments compare experiments/loading.yaml --against {(await Git.RunAsync(Work, "rev-parse", "origin/main"))[..12]}\n", comment, StringComparison.Ordinal);
    }

    /// <summary>By hand, with a reason that is no shell's business.</summary>
    private async Task AcceptAsync()
    {
        const string reason = "the kilobyte was a joke; $(touch pwned) \"quoted\"";
        var run = await RunAsync(".github/workflows/experiments-baseline.yml", "refs/heads/main", succeeds: true, ("inputs.reason", reason));
        var branch = $"experiments-baseline-{_run}";
        Assert.Equal(reason, await Git.RunAsync(Origin, "log", "-1", "--format=%b", branch));
        var file = Assert.Single((await Git.RunAsync(Origin, "diff", "--name-only", "main", branch)).Split('\n'));
        Assert.StartsWith("experiments/baselines/", file, StringComparison.Ordinal);
        Assert.Contains($"/compare/{branch}?expand=1", run.Summary, StringComparison.Ordinal);
    }

    private async Task<WorkflowRun> RunAsync(string file, string reference, bool succeeds, params (string Name, string Value)[] values)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "runner")).FullName;
        foreach (var old in Directory.GetFiles(folder, "summary-*"))
            File.Delete(old);
        var read = Path.Combine(folder, "read");
        if (Directory.Exists(read))
            Directory.Delete(read, recursive: true);
        var variables = _host.GitHub(token: null);
        variables.Remove("GITHUB_TOKEN"); // a step has it only where it asks
        variables["GITHUB_REF"] = reference;
        variables["GITHUB_SERVER_URL"] = "https://github.example";
        var run = new WorkflowRun(folder, Origin) { Variables = variables, Branch = values.FirstOrDefault(one => one.Name == "branch").Value ?? "main" };
        run.Values["github.run_id"] = $"{++_run}";
        run.Values["github.token"] = "ghs_bot";
        foreach (var (name, value) in values)
            run.Values[name] = value;
        var succeeded = await run.RunAsync(file);
        Assert.True(succeeded.Values.All(one => one) == succeeds, string.Join("\n\n", run.Output.Select(one => $"{one.Key}: {one.Value}")));
        return run;
    }

    private async Task PushAsync(string message, string branch = "main")
    {
        await Git.RunAsync(Work, "add", "-A");
        await Git.RunAsync(Work, "commit", "-q", "-m", message);
        await Git.RunAsync(Work, "push", "-q", "origin", $"HEAD:{branch}");
    }
}
