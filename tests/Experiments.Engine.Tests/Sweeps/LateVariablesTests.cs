using Experiments.Core.Plans;
using Experiments.Running;

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
            Variables = new Known(trial => new Dictionary<string, string> { ["FROM_OUTSIDE"] = trial.Id, ["OF_BOTH"] = "outside" }),
        };

        var result = await SweepTest.RunAsync(request);

        var folder = sweep.FolderOf(result.SweepId).Trial(result.Trials[0].TrialId);
        Assert.Equal($"{result.Trials[0].TrialId}/definition\n", await File.ReadAllTextAsync(folder.StandardOutput, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("FROM_OUTSIDE=", await File.ReadAllTextAsync(folder.Script, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_caller_that_throws_costs_a_trial_its_variables_and_nothing_else()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request("echo \"${FROM_OUTSIDE:-none}\"") with { Variables = new Known(_ => throw new InvalidOperationException("the store is gone")) };

        var result = await SweepTest.RunAsync(request);

        Assert.All(result.Trials, trial => Assert.Equal(
            "none\n", File.ReadAllText(sweep.FolderOf(result.SweepId).Trial(trial.TrialId).StandardOutput)));
        Assert.Contains("late variables: a trial went without them: the store is gone", Assert.Single(result.Observers).Message, StringComparison.Ordinal);
    }

    private sealed class Known(Func<PlannedTrial, Dictionary<string, string>> of) : ITrialVariables
    {
        public Task<IReadOnlyDictionary<string, string>> OfAsync(PlannedTrial trial, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(of(trial));
    }
}
