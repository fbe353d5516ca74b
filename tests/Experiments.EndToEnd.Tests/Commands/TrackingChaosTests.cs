using System.Globalization;
using Experiments.EndToEnd.Tests.Running;
using Experiments.Mlflow;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>A whole sweep of 40 trials and 200,000 points beside a server that is not well.</summary>
public sealed class TrackingChaosTests
{
    private const int Trials = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outages_429_500_and_cut_connections_cost_a_sweep_no_point_and_its_trials_no_time()
    {
        TrackedSweep.RequirePython();
        using var calmSpace = new Workspace();
        await using var calm = await MlflowDouble.StartAsync();
        await RunAsync(calmSpace, calm, _ => Task.CompletedTask);

        using var chaosSpace = new Workspace();
        await using var chaos = await MlflowDouble.StartAsync();
        var counts = MakeMischief(chaos);
        await RunAsync(chaosSpace, chaos, async trials =>
        {
            if (trials is 5 or 15 or 25)
                await chaos.StopAsync();
            if (trials is 10 or 20 or 30)
                await chaos.StartAsync();
        });

        // What a calm server would hold of the very same trials.
        await using var reference = await MlflowDouble.StartAsync();
        chaosSpace.Write("chaos.yaml", File.ReadAllText(Path.Combine(chaosSpace.Folder, "chaos.yaml")).Replace(chaos.Address, reference.Address, StringComparison.Ordinal));
        var published = await chaosSpace.RunAsync("publish", "chaos.yaml");
        Assert.True(published.ExitCode == 0, published.ToString());

        Assert.Equal(Content(reference), Content(chaos));
        Assert.Equal(Trials + 1, chaos.State.Runs.Count);
        Assert.Equal(Trials * TrackedSweep.Points, Points(chaos));
        Assert.Equal(Points(calm), Points(chaos));
        Assert.All(new[] { Mischief.TooManyRequests, Mischief.InternalError, Mischief.CutBefore, Mischief.CutAfter }, kind => Assert.True(counts.GetValueOrDefault(kind) > 0, $"{kind}"));
        var (before, beside) = (TrackedSweep.StepTimes(calmSpace, "chaos"), TrackedSweep.StepTimes(chaosSpace, "chaos"));
        Console.WriteLine($"{Points(chaos)} points; {string.Join(", ", counts.Where(count => count.Key != Mischief.None).Select(count => $"{count.Key} {count.Value}"))}, 3 outages");
        Console.WriteLine($"step time of {Trials} trials, median and quartiles: calm {Spread(before)}, chaos {Spread(beside)}");
    }

    private static async Task RunAsync(Workspace workspace, MlflowDouble server, Func<int, Task> atTrial)
    {
        TrackedSweep.Write(workspace, "chaos", server.Address, repeats: 4);
        using var sweep = ToolRun.Start(workspace.Folder, "run", "chaos.yaml");
        var output = sweep.StandardOutput.ReadToEndAsync(Cancellation);
        for (var seen = 0; !sweep.HasExited; await Task.Delay(20, Cancellation))
            for (var now = TrackedSweep.TrialsNoted(workspace); seen < now;)
                await atTrial(++seen);
        Assert.True(sweep.ExitCode == 0, await output);
        Assert.DoesNotContain("EXP4", await output, StringComparison.Ordinal);
    }

    private static Dictionary<Mischief, int> MakeMischief(MlflowDouble server)
    {
        var random = new Random(7);
        var counts = new Dictionary<Mischief, int>();
        server.OnRequest = _ =>
        {
            lock (random)
            {
                var mischief = random.Next(100) switch { 0 => Mischief.TooManyRequests, 1 => Mischief.InternalError, 2 => Mischief.CutBefore, 3 => Mischief.CutAfter, _ => Mischief.None };
                counts[mischief] = counts.GetValueOrDefault(mischief) + 1;
                return Task.FromResult(mischief);
            }
        };
        return counts;
    }

    private static int Points(MlflowDouble server) => server.State.Runs.Values.Sum(
        run => run.Points.Count(point => point.Key.StartsWith("steps/", StringComparison.Ordinal) || point.Key.StartsWith("train/", StringComparison.Ordinal)));

    private static string Spread(IReadOnlyList<double> times) =>
        string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.000} ms ({times[times.Count / 4]:0.000} to {times[times.Count * 3 / 4]:0.000})");

    /// <summary>All but ids and the moment at which a run was created.</summary>
    private static List<string> Content(MlflowDouble server) =>
    [
        .. server.State.Experiments.Values.Select(one => string.Join('\n', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))),
        .. server.State.Runs.Values.OrderBy(run => run.Name, StringComparer.Ordinal).Select(run => string.Join('\n',
        [
            $"{run.Name} {run.User} {run.Status} {run.EndTime}",
            .. run.Params.Select(param => $"{param}").Order(StringComparer.Ordinal),
            .. run.Tags.Where(tag => tag.Key != MlflowTags.ParentRunId).Select(tag => $"{tag}").Order(StringComparer.Ordinal),
            .. run.Points.Select(point => $"{point}").Order(StringComparer.Ordinal),
            .. run.Latest.Values.Select(point => $"{point}").Order(StringComparer.Ordinal),
            $"{server.Artifacts.List(run.ArtifactUri["mlflow-artifacts:/".Length..], "")}",
        ])),
    ];
}
