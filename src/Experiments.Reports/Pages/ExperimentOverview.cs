namespace Experiments.Reports.Pages;

/// <summary>One experiment on the first page.</summary>
public sealed record ExperimentOverview
{
    private const int MostNights = 90;

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The definition's file.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Its latest night, of whichever machine; null: nothing was measured yet.</summary>
    public Night? Latest { get; init; }

    /// <summary>How many nights its page shows.</summary>
    public int Nights { get; init; }

    /// <summary>The verdicts of the last nights of that machine, in the order of time.</summary>
    public IReadOnlyList<Night> Recent { get; init; } = [];

    /// <summary>A line for each recommendation, or for the fastest configuration where there is none.</summary>
    public IReadOnlyList<OverviewLine> Lines { get; init; } = [];

    /// <summary>Draws it from the nights.</summary>
    /// <param name="nights">The nights.</param>
    public static ExperimentOverview Of(ExperimentNights nights)
    {
        var machine = nights.Machines.Count > 0 ? nights.Machines[0] : null;
        return new ExperimentOverview
        {
            Name = nights.Name,
            DefinitionFile = nights.DefinitionFile,
            Latest = machine?.Nights[^1],
            Nights = nights.Machines.Sum(one => one.Nights.Count),
            Recent = machine is null ? [] : [.. machine.Nights.TakeLast(MostNights)],
            Lines = machine is null ? [] : [.. LinesOf(machine)],
        };
    }

    private static IEnumerable<OverviewLine> LinesOf(MachineNights machine)
    {
        var carried = machine.Nights[^1].Advice.Where(advice => machine.Configurations.Any(one => one.Configuration.Id == advice.ConfigurationId)).ToList();
        foreach (var advice in machine.Nights[^1].Advice)
        {
            var of = machine.Configurations.FirstOrDefault(one => one.Configuration.Id == advice.ConfigurationId);
            yield return new OverviewLine(advice.Text, of is null ? [] : LastOf(of));
        }

        if (carried.Count == 0 && machine.Configurations.Where(one => one.Throughput[^1] is not null).MaxBy(one => one.Throughput[^1]!.Value) is { } fastest)
            yield return new OverviewLine($"fastest: {fastest.Configuration.Name}", LastOf(fastest));
    }

    private static double?[] LastOf(ConfigurationNights configuration) => [.. configuration.Throughput.TakeLast(MostNights).Select(one => one?.Value)];
}
