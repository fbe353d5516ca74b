using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What was measured, shown again, for people and for programs.</summary>
public class ReportTests
{
    [Fact]
    public async Task Report_shows_a_sweep_as_it_was_judged_and_writes_its_files_anew()
    {
        using var workspace = new Workspace();
        await SweepAsync(workspace);
        var folder = workspace.SweepFolder("small");
        var page = File.ReadAllText(Path.Combine(folder, "report.html"));
        string[] files = ["report.html", "summary.md", "junit.xml", "results.csv"];
        foreach (var file in files)
            File.Delete(Path.Combine(folder, file));

        workspace.Write("small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 100KiB")); // judging it again would make it red
        var report = await workspace.RunAsync("report", "small.yaml");

        Assert.True(report.ExitCode == 0, report.ToString());
        Assert.Contains(report.Lines, line => line.StartsWith("Verdict: pass", StringComparison.Ordinal));
        Assert.Contains(Path.GetFileName(folder), report.Lines[^1], StringComparison.Ordinal);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
        Assert.Equal(page, File.ReadAllText(Path.Combine(folder, "report.html")));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("gate")]
    public async Task As_json_the_whole_result_and_nothing_else_is_printed(string command)
    {
        using var workspace = new Workspace();
        await SweepAsync(workspace);

        var run = await workspace.RunAsync(command, "small.yaml", "--output", "json");

        Assert.Equal(File.ReadAllText(Path.Combine(workspace.SweepFolder("small"), "results.json")), run.Output);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("gate")]
    [InlineData("advise")]
    [InlineData("history")]
    [InlineData("plan")]
    public async Task What_is_wrong_is_no_part_of_the_document(string command)
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync(command, "missing.yaml", "--output", "json");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("missing.yaml(1,1): error EXP1001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_as_json_tells_its_course_on_standard_error()
    {
        using var workspace = new Workspace();

        var run = await SweepAsync(workspace, "--output", "json");

        using var result = JsonDocument.Parse(run.Output);
        Assert.Equal(4, result.RootElement.GetProperty("sweep").GetProperty("trials").GetArrayLength());
        Assert.Contains("Verdict: pass", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sweep_there_is_nothing_to_report()
    {
        using var workspace = new Workspace();
        workspace.Write("small.yaml", Trainings.Definition);

        var run = await workspace.RunAsync("report", "small.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error EXP3010", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_runs_what_is_missing_and_nothing_twice()
    {
        using var workspace = new Workspace();
        await SweepAsync(workspace);
        var folder = workspace.SweepFolder("small");
        var journal = Path.Combine(folder, "journal.jsonl");
        File.WriteAllLines(journal, File.ReadLines(journal).SkipLast(1).ToList());
        File.Delete(Path.Combine(folder, "results.json"));

        var run = await workspace.RunAsync("resume", "small.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("3 trials already done", run.Output, StringComparison.Ordinal);
        Assert.Contains("[4/4]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[3/4]", run.Output, StringComparison.Ordinal);
        Assert.Equal(folder, workspace.SweepFolder("small"));
    }

    private static async Task<ToolRun> SweepAsync(Workspace workspace, params string[] options)
    {
        workspace.Write("train.sh", Trainings.Good);
        workspace.Write("small.yaml", Trainings.Definition);
        var run = await workspace.RunAsync(["run", "small.yaml", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run;
    }
}
