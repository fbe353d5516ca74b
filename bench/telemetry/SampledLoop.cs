using System.Globalization;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;

namespace Experiments.Bench.Telemetry;

/// <summary>Runs the loop as the engine runs a trial, with the sampler or without.</summary>
internal sealed class SampledLoop(string folder, int work)
{
    public const int Steps = 2000;

    private readonly IProcessLauncher launcher = ProcessLauncher.Default;
    private readonly ControlGroupSource groups = ControlGroupSource.Find(ControlGroupLayout.Read(), ProcessLauncher.Default);

    /// <summary>How control groups measure here, or <c>none</c>.</summary>
    public string GroupMethod => groups.Method;

    /// <summary>Runs it once; seconds of its steps, and the sampler's own cost as a share of one core.</summary>
    /// <param name="method"><c>cgroup</c>, <c>proc</c>, or null for no sampler.</param>
    public async Task<(double Seconds, double Cost)> RunAsync(string? method)
    {
        var output = Path.Combine(folder, "stdout.log");
        using var group = groups.TryCreate($"experiments-bench-{Environment.ProcessId}", null);
        TelemetrySampler? sampler = null;
        var cost = 0.0;
        var mark = $"EXPERIMENTS_EVENTS={folder}/events.jsonl";
        await new ProcessSupervisor(launcher).RunAsync(
            new LaunchRequest
            {
                Program = "/usr/bin/python3",
                Arguments = [Path.Combine(AppContext.BaseDirectory, "loop.py"), Steps.ToString(CultureInfo.InvariantCulture), work.ToString(CultureInfo.InvariantCulture)],
                Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["EXPERIMENTS_EVENTS"] = $"{folder}/events.jsonl" },
                WorkingDirectory = folder,
                StandardOutputFile = output,
                StandardErrorFile = Path.Combine(folder, "stderr.log"),
                ControlGroupFiles = group?.ProcessFiles ?? [],
            },
            new Supervision
            {
                Mark = mark,
                Timeout = TimeSpan.FromMinutes(1),
                Grace = TimeSpan.FromSeconds(1),
                Group = group,
                Started = (_, tree) =>
                {
                    if (method is not null)
                        sampler = new TelemetrySampler(method == "proc" ? new ProcMemory(tree!, "a benchmark") : new ControlGroupMemory(group!, groups.Method), long.MaxValue, folder + "/telemetry.csv", null, () => { });
                },
                Ended = () => cost = sampler?.Stop().Summary.Cost ?? 0,
            },
            CancellationToken.None);
        sampler?.Dispose();
        return (double.Parse(File.ReadAllText(output), CultureInfo.InvariantCulture), cost);
    }
}
