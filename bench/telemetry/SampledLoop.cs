using System.Diagnostics;
using System.Globalization;
using Experiments.Engine.Telemetry;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Memory;
using Experiments.Processes.Running;
using Experiments.Processes.Sampling;

namespace Experiments.Bench.Telemetry;

/// <summary>Runs the loop as the engine runs a trial, and switches the sampler on and off while it runs.</summary>
internal sealed class SampledLoop(string folder)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ControlGroupSource groups = ControlGroupSource.Find(ControlGroupLayout.Read(), ProcessLauncher.Default);

    /// <summary>How control groups measure here, or <c>none</c>.</summary>
    public string GroupMethod => groups.Method;

    /// <summary>Seconds a step in neighbouring windows without and with the sampler.</summary>
    /// <param name="method"><c>cgroup</c> or <c>proc</c>.</param>
    /// <param name="pairs">Pairs of windows.</param>
    /// <param name="work">Additions a step.</param>
    public async Task<IReadOnlyList<(double Without, double With)>> RunAsync(string method, int pairs, int work)
    {
        var output = Path.Combine(folder, "stdout.log");
        var running = Path.Combine(folder, "running");
        File.Delete(running);
        using var group = groups.TryCreate($"experiments-bench-{Environment.ProcessId}", null);
        Task<List<long>>? switching = null;
        var length = Start + (((2 * pairs) + 4) * Window);
        await new ProcessSupervisor(ProcessLauncher.Default).RunAsync(
            new LaunchRequest
            {
                Program = "/usr/bin/python3",
                Arguments = [Path.Combine(AppContext.BaseDirectory, "loop.py"), length.TotalSeconds.ToString(CultureInfo.InvariantCulture), work.ToString(CultureInfo.InvariantCulture)],
                Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["EXPERIMENTS_EVENTS"] = $"{folder}/events.jsonl" },
                WorkingDirectory = folder,
                StandardOutputFile = output,
                StandardErrorFile = Path.Combine(folder, "stderr.log"),
                ControlGroupFiles = group?.ProcessFiles ?? [],
            },
            new Supervision
            {
                Mark = $"EXPERIMENTS_EVENTS={folder}/events.jsonl",
                Timeout = TimeSpan.FromMinutes(5),
                Grace = TimeSpan.FromSeconds(1),
                Group = group,
                Sample = (_, tree) =>
                {
                    var memory = new Switch(method == "proc" ? new ProcMemory(tree!, "a benchmark") : new ControlGroupMemory(group!, groups.Method));
                    switching = SwitchAsync(memory, pairs, running);
                    return new TreeSampler(memory, new TreeLimits(long.MaxValue), new TrialTelemetry(group, null, null, folder + "/telemetry.csv"));
                },
            },
            CancellationToken.None);
        long[] steps = [.. File.ReadAllText(output).Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        var bounds = await switching!;
        return [.. Enumerable.Range(0, pairs).Select(pair => (Mean(steps, bounds[2 * pair], bounds[(2 * pair) + 1]), Mean(steps, bounds[(2 * pair) + 1], bounds[(2 * pair) + 2])))
            .Select((pair, index) => index % 2 == 0 ? pair : (pair.Item2, pair.Item1))];
    }

    /// <summary>Off and on, then on and off, so that a drift of the machine favours neither. Times of the switches in ns of the monotonic clock, which Python reads too.</summary>
    private static async Task<List<long>> SwitchAsync(Switch memory, int pairs, string running)
    {
        for (var waited = Stopwatch.StartNew(); !File.Exists(running);)
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"the loop does not run after {Patience.TotalSeconds:0} s: {running} is not there");
            await Task.Delay(20);
        }

        await Task.Delay(Start);
        var bounds = new List<long>();
        for (var pair = 0; pair < pairs; pair++)
        {
            foreach (var on in pair % 2 == 0 ? new[] { false, true } : [true, false])
            {
                memory.On = on;
                bounds.Add(Now());
                await Task.Delay(Window);
            }
        }

        bounds.Add(Now());
        return bounds;
    }

    private static long Now() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    private static double Mean(long[] ends, long from, long to)
    {
        var inside = ends.Where(end => from <= end && end < to).ToArray();
        return (inside[^1] - inside[0]) / 1e9 / (inside.Length - 1);
    }
}
