using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>A sweep whose trials log much: 5,000 metric points each, of 250 steps that each take the time of some real work.</summary>
internal static class TrackedSweep
{
    public const int Steps = 250;
    public const int Curves = 17;

    /// <summary>The points of the three curves of the steps, and of those that the training reports.</summary>
    public const int Points = Steps * (3 + Curves);

    private const string Training = """
        import hashlib, json, os, time

        block = bytes(300000)
        with open(os.environ["EXPERIMENTS_EVENTS"], "a", buffering=1 << 14) as events:
            for step in range(1, int(os.environ["EXPERIMENTS_WARMUP_STEPS"]) + int(os.environ["EXPERIMENTS_STEPS"]) + 1):
                begin = time.perf_counter()
                hashlib.sha256(block).digest()
                seconds = time.perf_counter() - begin
                event = {"type": "step", "step": step, "samples": 64, "wait_s": 0.0001, "step_s": seconds, "t": time.time()}
                events.write(json.dumps(event) + "\n")
                for curve in range(17):
                    event = {"type": "metric", "name": "train/curve-%d" % curve, "value": seconds * curve, "step": step, "t": time.time()}
                    events.write(json.dumps(event) + "\n")
        """;

    public static void Write(Workspace workspace, string name, string store, int repeats)
    {
        workspace.Write("train.py", Training);
        workspace.Write(name + ".yaml", $$"""
            name: {{name}}
            train: {command: [python3, train.py], steps: {{Steps - 10}}, warmup_steps: 10}
            matrix:
              num_workers: [0, 1, 2, 3, 4]
              pin_memory: [false, true]
            repeats: {{repeats}}
            mlflow: {tracking_uri: "{{store}}"}
            """);
    }

    public static void RequirePython() => Testing.Requirement.Met(
        "python",
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))),
        "python3 is not on PATH");

    /// <summary>The median step time of each trial in milliseconds, ascending.</summary>
    public static IReadOnlyList<double> StepTimes(Workspace workspace, string name) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder(name), "results.json")))!["sweep"]!["trials"]!.AsArray()
            .Select(trial => (double)trial!["metrics"]!["step_ms_p50"]!).Order(),
    ];

    /// <summary>Trials that the recording has seen so far.</summary>
    public static int TrialsNoted(Workspace workspace) =>
        Directory.Exists(Path.Combine(workspace.Folder, ".experiments"))
            ? Directory.EnumerateFiles(Path.Combine(workspace.Folder, ".experiments"), "ledger.jsonl", Workspace.AtAnyDepth)
                .Sum(ledger => File.ReadLines(ledger).Count(line => line.Contains("TrialStarted", StringComparison.Ordinal)))
            : 0;
}
