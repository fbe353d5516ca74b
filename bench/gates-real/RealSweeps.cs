using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;

namespace Experiments.Bench.GatesReal;

/// <summary>Sweeps of a small TorchSharp experiment by the built command, in a folder that a later call goes on with.</summary>
internal sealed class RealSweeps
{
    private const string Definition = """
        name: gates-real
        train: {torchsharp: Experiments.Bench.GatesReal.SmallNetwork, assembly: ASSEMBLY, batch_size: 64, warmup_steps: 5, steps: 200, device: cpu, evaluate: false}
        datasets: {MELD-DA: {synthetic: meld-da, samples: 128}}
        matrix: {dataset: [MELD-DA], num_workers: [0, 1], hidden: [768, 1024]}
        repeats: REPEATS
        gates: GATES
        mlflow: {tracking_uri: "sqlite:///mlflow.db"}
        """;

    private readonly string folder;
    private readonly string tool;

    public RealSweeps(string folder)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        var output = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/<project>/<configuration>
        tool = Path.Combine(output.Parent!.Parent!.FullName, "Experiments.Tool", output.Name, "Experiments.Tool.dll");
    }

    /// <summary>The configurations as <c>num_workers/hidden</c>.</summary>
    public static IReadOnlyList<string> Configurations { get; } = ["0/768", "1/768", "0/1024", "1/1024"];

    /// <summary>A sweep without a gate, as on the first nights: MLflow has it as passed.</summary>
    public void Night(int repeats)
    {
        Write(repeats, "{peak_memory: {max: 8GiB}}");
        Run("", "run", "gates-real.yaml");
    }

    /// <summary>One sweep against the last nights' in MLflow; one configuration slowed, or none.</summary>
    /// <param name="slowed">The slowed configuration, or empty.</param>
    /// <param name="repeats">Planned repeats.</param>
    /// <param name="maxRepeats">Repeats at most.</param>
    public SweepReport Sweep(string slowed, int repeats, int maxRepeats)
    {
        Write(repeats, $"{{throughput: {{max_regression: 5%, max_repeats: {maxRepeats}}}, baseline: {{source: mlflow, sweeps: 10}}}}");
        Run(slowed, "run", "gates-real.yaml");
        var latest = Directory.GetFiles(Path.Combine(folder, ".experiments", "gates-real"), "results.json", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
        using var file = File.OpenRead(latest);
        return JsonSerializer.Deserialize(file, ExperimentsJson.Indented.SweepReport)!;
    }

    private void Write(int repeats, string gates) => File.WriteAllText(
        Path.Combine(folder, "gates-real.yaml"),
        Definition.Replace("ASSEMBLY", typeof(RealSweeps).Assembly.Location, StringComparison.Ordinal)
            .Replace("REPEATS", $"{repeats}", StringComparison.Ordinal).Replace("GATES", gates, StringComparison.Ordinal));

    private void Run(string slowed, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", tool, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["BENCH_SLOWED"] = slowed;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode is 2 or 3 or 130)
            throw new InvalidOperationException($"experiments {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
    }
}
