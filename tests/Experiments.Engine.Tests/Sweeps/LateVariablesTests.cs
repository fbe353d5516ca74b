namespace Experiments.Engine.Tests.Sweeps;

public class LateVariablesTests
{
    [LinuxFact]
    public async Task Variables_that_come_with_a_trials_start_reach_it_unless_the_definition_says_otherwise_and_no_script()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request("echo \"$FROM_OUTSIDE/$OF_BOTH\"");
        var train = request.Definition.Train with { Env = new Dictionary<string, string> { ["OF_BOTH"] = "definition" } };
        request = request with
        {
            Definition = request.Definition with { Train = train },
            LateVariables = (trial, _) => Task.FromResult<IReadOnlyDictionary<string, string>>(
                new Dictionary<string, string> { ["FROM_OUTSIDE"] = trial.Id, ["OF_BOTH"] = "outside" }),
        };

        var result = await SweepTest.RunAsync(request);

        var folder = sweep.FolderOf(result.SweepId).Trial(result.Trials[0].TrialId);
        Assert.Equal($"{result.Trials[0].TrialId}/definition\n", await File.ReadAllTextAsync(folder.StandardOutput, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("FROM_OUTSIDE=", await File.ReadAllTextAsync(folder.Script, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
