using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

public class PlanTests
{
    [Fact]
    public async Task A_plan_is_printed_as_a_table_and_as_json()
    {
        using var workspace = new Workspace();
        workspace.Write("train.sh", Trainings.Good);
        workspace.Write("small.yaml", Trainings.Definition);

        var table = await workspace.RunAsync("plan", "small.yaml");
        var json = await workspace.RunAsync("plan", "small.yaml", "--filter", "num_workers=2", "--repeats", "3", "--output", "json");

        Assert.True(table.ExitCode == 0, table.ToString());
        Assert.Contains("small: 2 configurations, 4 trials, seed 0", table.Output, StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(json.Output);
        Assert.Equal(1, plan.RootElement.GetProperty("configurations").GetArrayLength());
        Assert.Equal(3, plan.RootElement.GetProperty("trials").GetArrayLength());
    }

    [Fact]
    public async Task Several_mistakes_are_told_at_once_and_nothing_runs()
    {
        using var workspace = new Workspace();
        workspace.Write("train.sh", Trainings.Good);
        workspace.Write("small.yaml", Trainings.Definition.Replace("num_workers: [0, 2]", "num_workers: [0, -2, 0]").Replace("repeats:", "repeat:"));

        var run = await workspace.RunAsync("run", "small.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.True(run.Lines.Count(line => line.StartsWith("small.yaml(", StringComparison.Ordinal) && line.Contains(": error EXP1", StringComparison.Ordinal)) >= 3, run.ToString());
        Assert.Contains("repeats", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, ".experiments")));
    }

    [Theory]
    [InlineData("json", "\"seed\": 0,")]
    [InlineData("table", "big: 100000 configurations, 100000 trials, seed 0")]
    public async Task A_hundred_thousand_configurations_are_planned_in_little_memory(string form, string expected)
    {
        using var workspace = new Workspace();
        workspace.Write("big.yaml", $"""
            name: big
            train:
              command: [ls]
            matrix:
              a: [{Numbers(100)}]
              b: [{Numbers(50)}]
              num_workers: [{Numbers(20)}]
            """);

        var run = await workspace.RunAsync(new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x8000000" }, "plan", "big.yaml", "--output", form); // 128 MiB

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);

        static string Numbers(int count) => string.Join(", ", Enumerable.Range(0, count));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("run", "small.yaml", "--no-such-option")]
    [InlineData("run", "absent.yaml")]
    public async Task Bad_usage_is_exit_code_2(params string[] arguments)
    {
        using var workspace = new Workspace();

        Assert.Equal(2, (await workspace.RunAsync(arguments)).ExitCode);
    }
}
