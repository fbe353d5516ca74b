using System.Reflection;

namespace Experiments.Datasets.Tests.Support;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>The real annotations, which are not part of the repository.</summary>
    public static string MeldAnnotations
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("EXPERIMENTS_MELD_DATA") ?? Path.GetFullPath(Path.Combine(Root, "../shared/data/meld-da"));
            Requirement.Met("meld", File.Exists(Path.Combine(folder, "emotyda_meld.csv")), $"MELD's annotations are not in '{folder}'; set EXPERIMENTS_MELD_DATA.");
            return folder;
        }
    }
}
