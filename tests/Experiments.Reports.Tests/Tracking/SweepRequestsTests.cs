using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Analysis;
using Experiments.Analysis.Tests;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Tests.Double;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;
using Microsoft.AspNetCore.Http;

namespace Experiments.Reports.Tests.Tracking;

/// <summary>Every request of a sweep, in order: what MLflow's pages show depends on what is logged first.</summary>
public sealed partial class SweepRequestsTests : IDisposable
{
    private const int LongestText = 120;

    private static readonly IReadOnlyList<TrialResult> Trials =
        [.. new[] { 0, 2 }.Select(workers => SampleSweep.Trial(SampleSweep.Of("MELD-DA", workers, pin: workers == 2), 1, 100 + (50 * workers), 1200, wait: 0.25))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("experiments-requests-");
    private readonly StringBuilder requests = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_requests_of_a_sweep_are_these()
    {
        await using var server = await MlflowDouble.StartAsync();
        var allIsKept = new TaskCompletionSource();
        server.OnRequest = async context =>
        {
            await NoteAsync(context);
            await allIsKept.Task; // or what is sent together depends on the moment
            return Mischief.None;
        };
        await using var store = MlflowStore.Open(server.Address);
        var sweep = SampleSweep.Sweep(Trials);
        var report = new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, SampleSweep.Definition(), null) };
        var start = SampleReport.Start(Path.Combine(folder.FullName, "sweep")) with
        {
            Plan = new Plan { Experiment = sweep.Experiment, Seed = 0, Configurations = sweep.Configurations, Trials = [.. Trials.Select(trial => new PlannedTrial(trial.Configuration, trial.Repeat))] },
        };
        await using var observer = new MlflowObserver(store, new MlflowObserverOptions { User = "ada", TimeProvider = new FixedDate(), OnWaiting = _ => allIsKept.TrySetResult() });

        await observer.SweepStartedAsync(start, Cancellation);
        foreach (var result in Trials)
        {
            var trial = new PlannedTrial(result.Configuration, result.Repeat);
            var place = Directory.CreateDirectory(Path.Combine(start.Folder, "trials", trial.Id)).FullName;
            await File.WriteAllLinesAsync(Path.Combine(place, "events.jsonl"), Events().Select((one, index) => TrialEventJson.Write(one, index == 0)), Cancellation);
            await File.WriteAllTextAsync(Path.Combine(place, "stdout.log"), "epoch 1\n", Cancellation);
            await File.WriteAllTextAsync(Path.Combine(place, "stderr.log"), "", Cancellation);
            await observer.TrialStartedAsync(trial, Cancellation);
            await observer.TrialProgressAsync(trial, [.. Events()], Cancellation);
            await observer.TrialFinishedAsync(result, Cancellation);
        }

        await ReportFiles.WriteAsync(start.Folder, report, Cancellation);
        await observer.SweepFinishedAsync(report, Cancellation);

        Assert.Empty(observer.Outcome!.Problems);
        foreach (var (id, index) in server.State.Runs.Keys.Select((id, index) => (id, index)))
            requests.Replace(id, $"<RUN_{index + 1}>");
        GoldenFile.Matches("mlflow-requests.txt", requests.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static IEnumerable<TrialEvent> Events()
    {
        for (var step = 1; step <= 7; step++)
            yield return new StepEvent(step, 64, 0.25, 1, 1700000000 + step);
        yield return new MetricEvent("train/loss", 0.5, 7, 1700000008);
    }

    private async Task NoteAsync(HttpContext context)
    {
        requests.Append(CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n");
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true || context.Request.ContentLength is null or 0)
            return;
        context.Request.EnableBuffering();
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: Cancellation);
        context.Request.Body.Position = 0;
        Write(body.RootElement);
    }

    /// <summary>A line a field, a line an item of a list.</summary>
    private void Write(JsonElement body)
    {
        foreach (var field in body.EnumerateObject())
            if (field.Value.ValueKind == JsonValueKind.Array)
                foreach (var item in field.Value.EnumerateArray())
                    requests.Append(CultureInfo.InvariantCulture, $"    {field.Name}: {Short(item)}\n");
            else
                requests.Append(CultureInfo.InvariantCulture, $"    {field.Name}: {Short(field.Value)}\n");
    }

    private static string Short(JsonElement value)
    {
        var text = Digest().Replace(value.GetRawText(), "<DIGEST>");
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    [GeneratedRegex("(?<=\"digest\": ?\")[0-9a-f]+")]
    private static partial Regex Digest();

    private sealed class FixedDate : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1700000000);
    }
}
