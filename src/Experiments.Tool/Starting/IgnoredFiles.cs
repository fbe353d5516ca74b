namespace Experiments.Tool.Starting;

/// <summary>What a sweep leaves behind that belongs into no repository.</summary>
internal static class IgnoredFiles
{
    private static readonly string[] Lines = [".experiments/", "mlflow.db*", "mlartifacts/", "mlruns/"];

    /// <summary>A <c>.gitignore</c> with the lines that it lacks; the same text where it lacks none.</summary>
    /// <param name="text">The file's text; empty where there is none.</param>
    public static string Complete(string text)
    {
        var there = text.Split('\n').Select(line => line.Trim().Trim('/').TrimEnd('*')).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. Lines.Where(line => !there.Contains(line.TrimEnd('/', '*')))];
        if (missing.Length == 0)
            return text;
        var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        return $"{text}{end}# Experiments: sweeps, and MLflow's local records\n{string.Join('\n', missing)}\n";
    }
}
