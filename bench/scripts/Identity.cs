using System.Diagnostics;
using System.Security.Cryptography;
using Experiments.PyTorch.Steering;

namespace Experiments.Bench.Scripts;

/// <summary>Whether a script runs under the probe to its end as it does without: exit code, output, files, weights and random streams.</summary>
internal static class Identity
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>What differs, empty when nothing does; null for a script that does not end, or that differs from itself.</summary>
    public static string? Difference(Case one, World world, string folder)
    {
        if (Run(one, world, Path.Combine(folder, "bare"), null) is not { } bare)
            return null;
        var probed = Run(one, world, Path.Combine(folder, "probed"), folder);
        var differences = probed is null ? "the probed run does not end" : Differences(bare, probed);
        return differences.Length > 0 && (Run(one, world, Path.Combine(folder, "again"), null) is not { } again || Differences(bare, again).Length > 0) ? null : differences;
    }

    private static string Differences(Dictionary<string, string> bare, Dictionary<string, string> other) =>
        string.Join(", ", bare.Where(pair => other[pair.Key] != pair.Value).Select(pair => pair.Key));

    private static Dictionary<string, string>? Run(Case one, World world, string folder, string? events)
    {
        Corpus.CopyTo(folder);
        var start = new ProcessStartInfo(world.Python, [one.Script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OWN_STREAMS"] = "1"; // own.py prints weights and random states at the end
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PYTHONHASHSEED"] = "0";
        if (events is not null)
        {
            start.Environment["EXPERIMENTS_EVENTS"] = Path.Combine(events, "events.jsonl");
            foreach (var (name, value) in ProbeEnvironment.Of(new ProbeSettings { StopAfterSteps = false }, null))
                start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }

        string Text(Task<string> text) => text.Result.Replace(folder, "FOLDER", StringComparison.Ordinal);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");
        return new Dictionary<string, string>
        {
            ["exit code"] = $"{process.ExitCode}", ["output, weights or random streams"] = Text(output), ["errors"] = Text(error), ["files"] = string.Join('\n', files),
        };
    }
}
