namespace Experiments.Core.Matrix;

/// <summary>Turns a matrix into its configurations, with <c>exclude</c> and <c>include</c> as GitHub Actions defines them.</summary>
/// <remarks>
/// The product of the axes is taken first (the last axis varies fastest), then <c>exclude</c>, then <c>include</c>:
/// https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
/// One thing differs: a configuration that two includes add alike is there once, since its trials are counted by <c>repeats</c>.
/// </remarks>
public static class MatrixExpansion
{
    private const long MostExpected = 1_000_000;

    /// <summary>The number of configurations of the product, before <c>exclude</c> and <c>include</c>; never overflows.</summary>
    /// <param name="matrix">The matrix.</param>
    public static long CountProduct(MatrixDefinition matrix)
    {
        if (matrix.Axes.Count == 0)
            return 0;
        UInt128 product = 1;
        foreach (var axis in matrix.Axes)
            product = UInt128.Min(product * (ulong)axis.Values.Count, long.MaxValue);
        return (long)product;
    }

    /// <summary>All configurations, in matrix order, those that <c>include</c> adds last.</summary>
    /// <param name="matrix">The matrix; no axis is empty or has two equal values.</param>
    /// <exception cref="InvalidOperationException">Two configurations share an id (a chance of 1 in 50,000 among 100,000).</exception>
    public static IReadOnlyList<Configuration> Expand(MatrixDefinition matrix)
    {
        var product = CountProduct(matrix);
        var excluded = new PartialIndex(matrix.Axes, matrix.Exclude);
        var included = new PartialIndex(matrix.Axes, matrix.Include);
        var fitting = new bool[matrix.Include.Count];
        var configurations = new Dictionary<string, Configuration>((int)Math.Min(product, MostExpected), StringComparer.Ordinal);
        string[] names = [.. matrix.Axes.Select(axis => axis.Name)];
        for (var point = 0L; point < product; point++)
        {
            if (excluded.Matches(point).Any())
                continue;
            var own = new AxisValue[names.Length];
            for (var axis = 0; axis < own.Length; axis++)
                own[axis] = included.ValueAt(point, axis);
            var values = new PointValues(names, own);
            foreach (var entry in included.Matches(point).Order())
            {
                fitting[entry] = true;
                values = values.With(matrix.Include[entry]); // an axis' own value is equal here; a value added before may be overwritten
            }
            Add(configurations, Configuration.Create(values));
        }
        for (var entry = 0; entry < fitting.Length; entry++)
            if (!fitting[entry])
                Add(configurations, Configuration.Create(matrix.Include[entry]));
        return [.. configurations.Values];
    }

    private static void Add(Dictionary<string, Configuration> configurations, Configuration configuration)
    {
        if (configurations.TryAdd(configuration.Id, configuration))
            return;
        var other = configurations[configuration.Id];
        if (other.Values.Count != configuration.Values.Count || other.Values.Any(value => !configuration.Values.Contains(value)))
            throw new InvalidOperationException($"'{other.Name}' and '{configuration.Name}' share the id {other.Id}; change any value.");
    }
}
