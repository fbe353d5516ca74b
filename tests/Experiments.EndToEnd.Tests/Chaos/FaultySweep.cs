using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.EndToEnd.Tests.Running;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary>A small sweep in whose process something fails, and what must be true of it whatever that is.</summary>
internal sealed partial class FaultySweep : IDisposable
{
    /// <summary>Trials that the sweep runs.</summary>
    public const int Trials = 2;

    private const string Definition = """
        name: chaos
        train: {command: [sh, train.sh], steps: 4, warmup_steps: 1}
        matrix: {num_workers: [0, 1]}
        limits: {timeout: 20s}
        gates: {peak_memory: {max: 1GiB}}
        """;

    // The steps say a second each; one trial leaves a process behind, which has to be killed; who is done notes it where nothing fails.
    private const string Training = """
        i=1
        while [ $i -le $((EXPERIMENTS_WARMUP_STEPS + EXPERIMENTS_STEPS)) ]; do
          echo "{\"type\":\"step\",\"step\":$i,\"samples\":64,\"wait_s\":0.001,\"step_s\":1.000$i}" >> "$EXPERIMENTS_EVENTS" || exit 9
          i=$((i + 1))
        done
        [ $EXPERIMENTS_AXIS_NUM_WORKERS = 1 ] && sleep 60 &
        echo "$EXPERIMENTS_TRIAL_ID num_workers=$EXPERIMENTS_AXIS_NUM_WORKERS" >> "$CHAOS_DONE"
        """;

    private static readonly string[] OfTheSweep = ["plan.json", "journal.jsonl", "results.json", "results.csv", "summary.md", "junit.xml", "report.html", "definition.yaml"];
    private static readonly string[] OfATrial = ["result.json", "events.jsonl", "telemetry.csv", "command.sh", "stdout.log", "stderr.log"];

    private readonly Workspace _workspace = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("experiments-chaos-").FullName;

    /// <summary>How often the process called what, by kind.</summary>
    public IReadOnlyDictionary<string, int> Calls => File.ReadAllLines(Path.Combine(_outside, "calls")).Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));

    /// <summary>Runs it.</summary>
    /// <param name="fault">What fails; null: nothing, it is only counted.</param>
    /// <param name="longest">After which it hangs.</param>
    /// <returns>What is not as it must be; nothing is good.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Fault? fault, TimeSpan longest)
    {
        _workspace.Write("chaos.yaml", Definition);
        _workspace.Write("train.sh", Training);
        var environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = FaultLibrary.Path(), ["CHAOS_ROOT"] = _workspace.Folder, ["CHAOS_COUNT"] = Path.Combine(_outside, "calls"),
            ["CHAOS_DONE"] = Path.Combine(_outside, "done"), ["TMPDIR"] = _outside,
        };
        if (fault is not null)
            (environment["CHAOS_KIND"], environment["CHAOS_AT"], environment["CHAOS_TIMES"], environment["CHAOS_ERRNO"]) =
                (fault.Kind, $"{fault.At}", $"{fault.Times}", $"{fault.Number}");
        using var process = ToolRun.Start(_workspace.Folder, environment, ["run", "chaos.yaml"]);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(longest);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return [$"it still ran after {longest.TotalSeconds:0} s"];
        }

        var run = new ToolRun(process.ExitCode, await output, await error);
        List<string> faults = [.. Faults(run)];
        if (run.ExitCode == 0 && !run.Output.Contains("EXP4", StringComparison.Ordinal) && await UnrecordedAsync() is { } unrecorded)
            faults.Add($"a pass, though MLflow lacks {unrecorded}, and nobody says so");
        return faults.Count == 0 ? [] : [.. faults, run.ToString()];
    }

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    private IEnumerable<string> Faults(ToolRun run)
    {
        if (StackTrace().IsMatch(run.ToString()))
            yield return "a stack trace";
        if (run.ExitCode is not (0 or 2 or 3 or 4 or 5))
            yield return $"exit code {run.ExitCode}, and no gate failed";
        if (run.ExitCode != 0 && !run.ToString().Contains(" EXP", StringComparison.Ordinal))
            yield return "not a pass, and no diagnostic says why";
        if (Directory.GetFiles(_outside, "experiments-failure-*").Concat(Directory.GetFiles(_workspace.Folder, "experiments-failure*", SearchOption.AllDirectories)).FirstOrDefault() is { } failure)
            yield return $"the tool itself failed: {File.ReadAllText(failure)}";
        var done = Path.Combine(_outside, "done") is var file && File.Exists(file) ? File.ReadAllLines(file).Select(line => line.Split(' ')).ToArray() : [];
        var kept = Sweeps().SelectMany(sweep => new[] { "journal.jsonl", "results.json" }.Select(name => Path.Combine(sweep, name))).Where(File.Exists).Select(File.ReadAllText).ToArray();
        foreach (var trial in done)
            if (!kept.Any(text => text.Contains(trial[0], StringComparison.Ordinal)) && !Regex.IsMatch(run.Output, $@"\] {trial[1]} #1: .*\S", RegexOptions.CultureInvariant))
                yield return $"{trial[1]} was measured, and is neither on disk nor on the console";
        if (run.ExitCode != 0)
            yield break;
        foreach (var missing in Missing(run, done.Length))
            yield return $"a pass, though {missing}";
    }

    private IEnumerable<string> Missing(ToolRun run, int done)
    {
        if (done != Trials)
            yield return $"{done} of {Trials} trials were done";
        if (Sweeps() is not [var sweep])
        {
            yield return "there is no sweep";
            yield break;
        }

        foreach (var name in OfTheSweep.Where(name => !File.Exists(Path.Combine(sweep, name))))
            yield return $"{name} is missing";
        foreach (var trial in Directory.GetDirectories(Path.Combine(sweep, "trials")))
            foreach (var name in OfATrial.Where(name => !File.Exists(Path.Combine(trial, name))))
                yield return $"{name} of a trial is missing";
        if (File.ReadAllLines(Path.Combine(sweep, "journal.jsonl")).Length != Trials)
            yield return "the journal is not whole";
        if (JsonNode.Parse(File.ReadAllText(Path.Combine(sweep, "results.json")))!["sweep"]!["trials"]!.AsArray().Count(trial => trial!["metrics"]!["samples_per_second"] is not null) != Trials)
            yield return "results.json is not whole";
    }

    /// <summary>What the store does not hold, asked of the store itself: a file that was sent and could not be deleted says nothing. Null: it holds all.</summary>
    private async Task<string?> UnrecordedAsync()
    {
        var database = Path.Combine(_workspace.Folder, "mlflow.db");
        if (!File.Exists(database))
            return "everything";
        await using var store = MlflowStore.Open($"sqlite:///{database}");
        if (await store.FindExperimentAsync("chaos", TestContext.Current.CancellationToken) is not { } experiment)
            return "the experiment";
        var runs = await store.SearchAllRunsAsync(new RunQuery { ExperimentIds = [experiment.Id] }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var trials = runs.Where(run => run.Tags.Any(tag => tag.Key == MlflowTags.ParentRunId)).ToList();
        if (trials.Count != Trials || runs.Count != Trials + 1)
            return $"runs: it has {trials.Count} trials in {runs.Count} runs";
        if (runs.FirstOrDefault(run => run.Status != RunStatus.Finished) is { } open)
            return $"the end of {open.Name}";
        if (trials.FirstOrDefault(run => !run.LatestMetrics.Any(metric => metric.Key == "samples_per_second") || !run.Tags.Any(tag => tag.Key == "experiments.verdict")) is { } bare)
            return $"the figures of {bare.Name}";
        foreach (var (run, artifact) in runs.Select(run => (run, trials.Contains(run) ? "events.jsonl" : "report.html")))
        {
            if (!(await store.ListArtifactsAsync(run.Id, cancellationToken: TestContext.Current.CancellationToken)).Any(entry => entry.Path == artifact))
                return $"{artifact} of {run.Name}";
        }

        return null;
    }

    private string[] Sweeps() => Path.Combine(_workspace.Folder, ".experiments", "chaos") is var root && Directory.Exists(root) ? [.. _workspace.SweepFolders("chaos")] : [];

    [GeneratedRegex(@"^\s+at \S+\(|Unhandled exception|^Aborted", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex StackTrace();
}
