using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Datasets.Synthetic;

namespace Experiments.Tool.Running;

/// <summary>Makes the synthetic datasets that a plan uses, once; later sweeps find them under the root.</summary>
internal static class DatasetPreparation
{
    /// <summary>The folder of each dataset that the plan uses, by name.</summary>
    public static IReadOnlyDictionary<string, string> Prepare(
        ExperimentDefinition definition, Plan plan, string root, TextWriter output, CancellationToken cancellationToken)
    {
        var used = plan.Configurations.Select(configuration => configuration.Dataset).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var dataset in definition.Datasets.Where(dataset => used.Contains(dataset.Name) || !plan.HasAxis(AxisNames.Dataset)))
            folders[dataset.Name] = dataset.Path ?? Synthesize(dataset, root, output, cancellationToken);
        return folders;
    }

    private static string Synthesize(DatasetSource dataset, string root, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new SyntheticOptions { Profile = SyntheticProfiles.Find(dataset.Synthetic!)!, Samples = dataset.Samples };
        var cache = Path.Combine(root, "datasets");
        if (!DatasetCache.Has(options, cache))
            output.WriteLine($"making {dataset.Name}: {options.Samples} synthetic samples of {options.Profile.DatasetName}'s shape");
        return DatasetCache.GetOrCreate(options, cache, cancellationToken: cancellationToken);
    }

    private static bool HasAxis(this Plan plan, string axis) => plan.Configurations.Any(configuration => configuration.Values.ContainsKey(axis));
}
