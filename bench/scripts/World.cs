using System.Diagnostics;

namespace Experiments.Bench.Scripts;

/// <summary>A Python with its torch.</summary>
internal sealed record World(string Name, string Python)
{
    /// <summary>Debian's own, and the second one where <c>build/trixie.sh</c> has made it.</summary>
    public static IReadOnlyList<World> Find()
    {
        var start = new ProcessStartInfo("bash", ["build/trixie.sh", "--where"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var trixie = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        World[] all = [new("bookworm", Environment.GetEnvironmentVariable("EXPERIMENTS_BENCH_PYTHON") ?? "/usr/bin/python3"), new("trixie", trixie)];
        return [.. all.Where(world => world.Has("torch"))];
    }

    public bool Has(string module)
    {
        if (!File.Exists(Python))
            return false;
        var start = new ProcessStartInfo(Python, ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
