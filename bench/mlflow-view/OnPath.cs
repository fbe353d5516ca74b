namespace Experiments.Bench.MlflowView;

/// <summary>Programs that a machine may have.</summary>
internal static class OnPath
{
    /// <summary>The program's file, or null where the machine has none.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
