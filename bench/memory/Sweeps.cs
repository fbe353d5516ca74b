using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;

namespace Experiments.Bench.Memory;

/// <summary>Sweeps of one definition, by the built <c>experiments</c> command in a folder of their own.</summary>
/// <param name="folder">The folder.</param>
/// <param name="definition">The definition's file in it.</param>
internal sealed class Sweeps(string folder, string definition)
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly string Tool = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Experiments.Tool", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Experiments.Tool.dll"));

    /// <summary>Measures with few workers, foresees the rest from them, then measures those: foreseen and measured MiB by count; null with the reason where it cannot run.</summary>
    public (IReadOnlyList<(int Workers, double Foreseen, double Measured)> Peaks, string? Fault) Round()
    {
        var few = Run("run", definition, "--filter", "num_workers=0,1,2");
        if (few.ExitCode != 0)
            return ([], few.Output.Trim().Split('\n')[^1]);
        var advice = JsonSerializer.Deserialize(Run("advise", definition, "--num_workers", "4", "--num_workers", "8", "--output", "json").Output, ExperimentsJson.Indented.AdviceReport)!;
        Run("run", definition, "--filter", "num_workers=4,8", "--run-foreseen");
        var results = Directory.GetFiles(Path.Combine(folder, ".experiments"), "results.json", SearchOption.AllDirectories).MaxBy(File.GetCreationTimeUtc)!;
        var trials = JsonSerializer.Deserialize(File.ReadAllText(results), ExperimentsJson.Indented.SweepReport)!.Sweep.Trials;
        return ([.. from forecast in advice.Memory[0].Asked
            join trial in trials on forecast.NumWorkers equals trial.Configuration.NumWorkers
            select (forecast.NumWorkers, forecast.PeakBytes / Mebibyte, trial.Metrics[MetricKeys.MemoryPeakMegabytes])], null);
    }

    private (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Tool, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["MLFLOW_TRACKING_URI"] = $"sqlite:///{folder}/mlflow.db";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
