using System.Buffers;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tracking;

/// <summary>Copies files of a sweep's folder to its runs.</summary>
internal sealed class RunArtifacts(IMlflowStore store, MlflowObserverOptions options)
{
    private static readonly string[] SweepFiles =
        [ReportFiles.ResultsCsvName, ReportFiles.ResultsJsonName, ReportFiles.SummaryName, ReportFiles.HtmlName, ReportFiles.JunitName, "plan.json"];

    private static readonly SearchValues<char> Refused = SearchValues.Create("#%?\\");

    public async Task UploadSweepAsync(string runId, SweepStart sweep, CancellationToken cancellationToken)
    {
        var files = SweepFiles.Select(name => (Path.Combine(sweep.Folder, name), name)).ToList();
        files.Add((sweep.Definition.File, Path.GetFileName(sweep.Definition.File)));
        await UploadAsync(runId, files.Where(file => File.Exists(file.Item1)), cancellationToken);
    }

    /// <summary>Everything in the trial's folder: logs, events, telemetry and what the training itself left.</summary>
    public async Task UploadTrialAsync(string runId, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            await UploadAsync(
                runId,
                Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                    .Order(StringComparer.Ordinal).Select(file => (file, Path.GetRelativePath(folder, file).Replace('\\', '/'))),
                cancellationToken);
    }

    private async Task UploadAsync(string runId, IEnumerable<(string File, string Path)> files, CancellationToken cancellationToken)
    {
        var skipped = new List<string>();
        foreach (var (file, path) in files)
        {
            var bytes = new FileInfo(file).Length;
            if (bytes > options.MaxArtifactBytes)
                skipped.Add($"{path} ({Analysis.Text.Quantity.Bytes(bytes)})");
            else if (path.AsSpan().ContainsAny(Refused))
                skipped.Add($"{path} (its name)");
            else
                await store.UploadFileAsync(runId, file, path, cancellationToken);
        }

        if (skipped.Count > 0)
            await store.SetTagAsync(runId, TrackingTags.SkippedArtifacts, string.Join(", ", skipped), cancellationToken);
    }
}
