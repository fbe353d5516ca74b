namespace Experiments.Bench.Scripts;

/// <summary>The scripts beside this program.</summary>
internal static class Corpus
{
    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>The cases whose name holds a text, by name.</summary>
    public static IReadOnlyList<Case> Read(string only) =>
        [.. Directory.GetFiles(Folder, "*.py").Order(StringComparer.Ordinal).Select(Case.Read).OfType<Case>()
            .Where(one => only.Split(',').Any(part => one.Name.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Copies all of them, so that each run has a folder of its own.</summary>
    public static void CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(Folder, "*.py", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
