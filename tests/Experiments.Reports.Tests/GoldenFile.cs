using System.Runtime.CompilerServices;

namespace Experiments.Reports.Tests;

/// <summary>Compares a text with a committed file. EXPERIMENTS_REWRITE_GOLDEN=1 rewrites the files; the difference is then reviewed.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = PathOf(name, caller);
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : $"{path} is missing; run with EXPERIMENTS_REWRITE_GOLDEN=1", actual);
    }

    /// <summary>A committed file that no test rewrites.</summary>
    public static string Read(string name, [CallerFilePath] string caller = "") => File.ReadAllText(PathOf(name, caller));

    private static string PathOf(string name, string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!Directory.Exists(Path.Combine(folder, "Golden")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No folder Golden above {caller}.");
        return Path.Combine(folder, "Golden", name);
    }
}
