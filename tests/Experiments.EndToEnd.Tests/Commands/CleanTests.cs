using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Old sweeps lose what takes their room, and nothing that anybody needs.</summary>
public sealed class CleanTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public CleanTests()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition + "\n  trend: {max_slowdown: 5%}");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Trials_of_old_sweeps_go_and_results_history_and_what_is_unsent_or_unfinished_stay()
    {
        for (var night = 0; night < 4; night++)
        {
            var run = await _workspace.RunAsync("run", "small.yaml");
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        var sweeps = _workspace.SweepFolders("small").ToList();
        Assert.Equal(Path.GetFileName(sweeps[3]), new DirectoryInfo(Latest()).LinkTarget);
        File.Delete(Path.Combine(sweeps[0], "results.json")); // it can be resumed

        var dry = await _workspace.RunAsync("clean", "small.yaml", "--keep-last", "1", "--dry-run");
        Assert.True(dry.ExitCode == 0, dry.ToString());
        Assert.Equal(2, dry.Lines.Count(line => line.StartsWith("would remove ", StringComparison.Ordinal)));
        Assert.Equal([true, true, true, true], HaveTrials());

        var young = await _workspace.RunAsync("clean", "small.yaml", "--keep-last", "1", "--keep-days", "1");
        Assert.Contains("small: nothing is old", young.Output, StringComparison.Ordinal);

        var clean = await _workspace.RunAsync("clean", "small.yaml", "--keep-last", "1");
        Assert.True(clean.ExitCode == 0, clean.ToString());
        Assert.Equal([true, false, false, true], HaveTrials());
        Assert.True(File.Exists(Path.Combine(Latest(), "report.html")));
        Assert.All(sweeps[1..], sweep => Assert.True(File.Exists(Path.Combine(sweep, "results.json")) && File.Exists(Path.Combine(sweep, "journal.jsonl"))));
        foreach (var arguments in new[] { new[] { "history", "small.yaml" }, ["report", "small.yaml", "--sweep", Path.GetFileName(sweeps[1])], ["gate", "small.yaml", "--sweep", Path.GetFileName(sweeps[2])] })
        {
            var run = await _workspace.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        var wrong = await _workspace.RunAsync("clean", "small.yaml", "--keep-last", "-1");
        Assert.Equal(2, wrong.ExitCode);

        string Latest() => Path.Combine(_workspace.Folder, ".experiments", "small", "latest");

        bool[] HaveTrials() => [.. sweeps.Select(sweep => Directory.Exists(Path.Combine(sweep, "trials")))];
    }
}
