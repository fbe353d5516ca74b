namespace Experiments.Engine.Machines;

/// <summary>The GPUs, as the NVIDIA driver tells in <c>/proc</c>: no program is run and no library loaded.</summary>
internal static class GpuInformation
{
    private const string Folder = "/proc/driver/nvidia";

    /// <summary>Models and driver such as <c>2 × NVIDIA A100, driver 550.54</c>; <c>none</c> without.</summary>
    /// <param name="folder">The driver's folder.</param>
    internal static string Read(string folder = Folder)
    {
        var gpus = Path.Combine(folder, "gpus");
        if (!Directory.Exists(gpus))
            return "none";
        var models = Directory.EnumerateDirectories(gpus)
            .Select(gpu => Path.Combine(gpu, "information"))
            .Where(File.Exists)
            .Select(file => Value(File.ReadLines(file), "Model:") ?? "unknown model")
            .GroupBy(model => model)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Count() == 1 ? group.Key : $"{group.Count()} × {group.Key}")
            .ToList();
        return models.Count == 0 ? "none" : $"{string.Join(", ", models)}, driver {Driver(Path.Combine(folder, "version"))}";
    }

    private static string Driver(string file)
    {
        // NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024
        var words = File.Exists(file) ? File.ReadLines(file).First().Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return words.FirstOrDefault(word => char.IsAsciiDigit(word[0]) && word.Contains('.', StringComparison.Ordinal)) ?? "unknown";
    }

    private static string? Value(IEnumerable<string> lines, string key) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim();
}
