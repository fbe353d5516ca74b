using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>Where the exchanges recorded with real servers lie; they are not part of the repository.</summary>
internal static class GoldenFolder
{
    public const string Variable = "EXPERIMENTS_MLFLOW_GOLDEN";

    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? given : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "mlflow-golden");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }

    public static IEnumerable<(string File, GoldenExchange Exchange)> Read(string folder, MlflowVersion version, string first, string last)
    {
        var (name, prefix) = version == MlflowVersion.V217 ? ("2.17", "2.17-sqlite-") : ("3.11", "sqlite-");
        return Directory.GetFiles(Path.Combine(folder, name), $"{prefix}*.jsonl")
            .Select(file => (File: file, Number: Path.GetFileName(file)[prefix.Length..][..2]))
            .Where(set => string.CompareOrdinal(set.Number, first) >= 0 && string.CompareOrdinal(set.Number, last) <= 0)
            .OrderBy(set => set.Number, StringComparer.Ordinal)
            .SelectMany(set => File.ReadLines(set.File), (set, line) => (set.Number, GoldenExchange.Parse(line)));
    }
}
