using System.Buffers;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Reports.Files;
using Experiments.Reports.Pictures;

namespace Experiments.Reports.Tracking;

/// <summary>Copies files of a sweep's folder to its runs.</summary>
internal sealed class RunArtifacts(MlflowOutbox outbox, MlflowObserverOptions options)
{
    private static readonly string[] SweepFiles =
        [ReportFiles.ResultsCsvName, ReportFiles.ResultsJsonName, ReportFiles.SummaryName, ReportFiles.HtmlName, ReportFiles.JunitName, "plan.json"];

    private static readonly SearchValues<char> Refused = SearchValues.Create("#%?\\");

    public void UploadSweep(string runKey, SweepStart sweep)
    {
        var files = SweepFiles.Select(name => (Path.Combine(sweep.Folder, name), name)).ToList();
        var pictures = Path.Combine(sweep.Folder, SweepPictures.FolderName);
        if (Directory.Exists(pictures))
            files.AddRange(Directory.EnumerateFiles(pictures).Order(StringComparer.Ordinal).Select(file => (file, $"{SweepPictures.FolderName}/{Path.GetFileName(file)}")));
        files.Add((Path.Combine(sweep.Folder, SweepManifest.DefinitionCopy(sweep.Definition.File)), Path.GetFileName(sweep.Definition.File)));
        Upload(runKey, files.Where(file => File.Exists(file.Item1)));
    }

    /// <summary>Everything in the trial's folder: logs, events, telemetry and what the training itself left.</summary>
    public void UploadTrial(string runKey, string folder)
    {
        if (Directory.Exists(folder))
            Upload(
                runKey,
                Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                    .Order(StringComparer.Ordinal).Select(file => (file, Path.GetRelativePath(folder, file).Replace('\\', '/'))));
    }

    private void Upload(string runKey, IEnumerable<(string File, string Path)> files)
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
                outbox.Upload(runKey, file, path);
        }

        if (skipped.Count > 0)
            outbox.Log(runKey, new RunBatch { Tags = [new Tag(TrackingTags.SkippedArtifacts, string.Join(", ", skipped))] });
    }
}
