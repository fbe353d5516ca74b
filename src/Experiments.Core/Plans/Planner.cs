using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Experiments.Core.Plans;

/// <summary>
/// Puts the trials of a sweep in order. Every configuration runs once, then again, until all repeats are done, so that drift of
/// the machine hits all alike. In the first round <c>num_workers</c> rises, as a careful person would start small; apart
/// from that the seed shuffles each round.
/// </summary>
public static class Planner
{
    /// <summary>Most trials that a plan can have.</summary>
    public const int MaxTrials = 1_000_000;

    /// <summary>Most trials of one configuration.</summary>
    public const int MaxRepeats = 1000;

    /// <summary>The plan of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Filters, shard, seed and repeats.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message is <see cref="TryCreate"/>'s first diagnostic.</exception>
    public static Plan Create(ExperimentDefinition definition, PlanOptions options)
    {
        var planning = TryCreate(definition, options);
        return planning.Plan ?? throw new ArgumentException(planning.Diagnostics[0].Message, nameof(options));
    }

    /// <summary>The plan of a definition, or diagnostics (EXP1013, EXP1026 to EXP1029) for options that a user got wrong.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Filters, shard, seed and repeats.</param>
    public static Planning TryCreate(ExperimentDefinition definition, PlanOptions options)
    {
        var diagnostics = new List<Diagnostic>();
        var filter = ConfigurationFilter.Parse(options.Filters, definition.Matrix, diagnostics);
        var shard = Shard.Parse(options.Shard, diagnostics);
        var repeats = options.Repeats ?? definition.Repeats;
        if (repeats is < 1 or > MaxRepeats)
            diagnostics.Add(DefinitionDiagnostics.OutOfRange.Error(FormattableString.Invariant($"repeats is {repeats}; it must be 1 to {MaxRepeats}")));
        if (MatrixExpansion.CountProduct(definition.Matrix) > MaxTrials)
            diagnostics.Add(TooMany(definition, FormattableString.Invariant($"the matrix has {MatrixExpansion.CountProduct(definition.Matrix)} configurations; a sweep can have {MaxTrials} trials")));
        if (diagnostics.Count > 0)
            return new Planning { Diagnostics = diagnostics };

        var configurations = shard.Select([.. MatrixExpansion.Expand(definition.Matrix).Where(filter.Matches)]);
        if (configurations.Length == 0)
            return Failed(DefinitionDiagnostics.NothingToRun.Error("no configuration is left to run", definition.PositionOf("matrix")));
        if ((long)configurations.Length * repeats > MaxTrials)
            return Failed(TooMany(definition, FormattableString.Invariant($"{configurations.Length} configurations × {repeats} repeats are more than the {MaxTrials} trials that a sweep can have")));
        var seed = options.Seed ?? definition.Seed;
        return new Planning
        {
            Plan = new Plan { Experiment = definition.Name, Seed = seed, Configurations = configurations, Trials = Order(configurations, repeats, seed) },
        };
    }

    private static PlannedTrial[] Order(Configuration[] configurations, int repeats, int seed)
    {
        var trials = new List<PlannedTrial>(configurations.Length * repeats);
        for (var repeat = 1; repeat <= repeats; repeat++)
        {
            // From the order of ids, so that moving an axis or a value in the file changes nothing.
            var round = configurations.OrderBy(configuration => configuration.Id, StringComparer.Ordinal).ToArray();
            new TrialShuffler(seed, repeat).Shuffle(round);
            IEnumerable<Configuration> order = repeat == 1 ? round.OrderBy(configuration => configuration.NumWorkers ?? 0) : round;
            trials.AddRange(order.Select(configuration => new PlannedTrial(configuration, repeat)));
        }
        return [.. trials];
    }

    private static Diagnostic TooMany(ExperimentDefinition definition, string message) =>
        DefinitionDiagnostics.TooManyTrials.Error(message, definition.PositionOf("matrix"));

    private static Planning Failed(Diagnostic diagnostic) => new() { Diagnostics = [diagnostic] };
}
