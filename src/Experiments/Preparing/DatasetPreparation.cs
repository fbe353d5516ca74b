using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Datasets.Synthetic;

namespace Experiments.Preparing;

/// <summary>Makes the synthetic datasets that a plan uses, once; later sweeps find them under the root.</summary>
internal static class DatasetPreparation
{
    /// <summary>The folder of each dataset that the plan uses, by name.</summary>
    public static IReadOnlyDictionary<string, string> Prepare(
        ExperimentDefinition definition, Plan plan, string root, TextWriter output, CancellationToken cancellationToken) =>
        Used(definition, plan).ToDictionary(
            dataset => dataset.Name, dataset => dataset.Path ?? Synthesize(dataset, root, output, cancellationToken), StringComparer.Ordinal);

    /// <summary>As <see cref="Prepare"/>, but nothing is made: a dataset that is not there any more is left out.</summary>
    public static IReadOnlyDictionary<string, string> Find(ExperimentDefinition definition, Plan plan, string root) =>
        Used(definition, plan).Select(dataset => (dataset.Name, Folder: dataset.Path ?? Path.Combine(CacheOf(root), OptionsOf(dataset).CacheName)))
            .Where(dataset => Directory.Exists(dataset.Folder)).ToDictionary(dataset => dataset.Name, dataset => dataset.Folder, StringComparer.Ordinal);

    private static IEnumerable<DatasetSource> Used(ExperimentDefinition definition, Plan plan)
    {
        var used = plan.Configurations.Select(configuration => configuration.Dataset).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return definition.Datasets.Where(dataset => used.Contains(dataset.Name) || !plan.HasAxis(AxisNames.Dataset));
    }

    private static string Synthesize(DatasetSource dataset, string root, TextWriter output, CancellationToken cancellationToken)
    {
        var options = OptionsOf(dataset);
        var cache = CacheOf(root);
        if (!DatasetCache.Has(options, cache))
            output.WriteLine($"making {dataset.Name}: {options.Samples} synthetic samples of {options.Profile.DatasetName}'s shape");
        return DatasetCache.GetOrCreate(options, cache, cancellationToken: cancellationToken);
    }

    private static SyntheticOptions OptionsOf(DatasetSource dataset) =>
        new() { Profile = SyntheticProfiles.Find(dataset.Synthetic!)!, Samples = dataset.Samples };

    private static string CacheOf(string root) => Path.Combine(root, "datasets");

    private static bool HasAxis(this Plan plan, string axis) => plan.Configurations.Any(configuration => configuration.Values.ContainsKey(axis));
}
