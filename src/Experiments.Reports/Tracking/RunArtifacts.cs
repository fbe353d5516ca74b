using System.Globalization;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Reports.Files;
using Experiments.Reports.Html;
using Experiments.Reports.Pictures;
using Experiments.Shared;

namespace Experiments.Reports.Tracking;

/// <summary>Copies files of a sweep's folder to its runs.</summary>
internal sealed class RunArtifacts(MlflowOutbox outbox, MlflowObserverOptions options)
{
    /// <summary>Files of one run that are copied; a training that leaves more keeps them in its folder.</summary>
    private const int MostFiles = 10_000;

    private const int MostNames = 20;

    private static readonly string[] SweepFiles =
        [ReportFiles.HtmlName, ReportFiles.SummaryName, ReportFiles.ResultsCsvName, ReportFiles.ResultsJsonName, ReportFiles.JunitName, "plan.json"];

    /// <summary>The report goes first; of each picture goes one file, under a name whose telling part fits the narrow list of MLflow's pages.</summary>
    public void UploadSweep(string runKey, SweepStart sweep, SweepReport report)
    {
        var files = SweepFiles.Select(name => (Path.Combine(sweep.Folder, name), name)).ToList();
        foreach (var (file, shown) in SweepPictures.NamesOf(report))
        {
            var path = Path.Combine(sweep.Folder, SweepPictures.FolderName, file);
            var extension = new FileInfo(path + ".svg") is { Exists: true, Length: <= EmbeddedPictures.LargestSvgBytes } ? ".svg" : ".png";
            files.Add((path + extension, shown + extension));
        }

        files.Add((Path.Combine(sweep.Folder, SweepManifest.DefinitionCopy(sweep.Definition.File)), Path.GetFileName(sweep.Definition.File)));
        Upload(runKey, [.. files.Where(file => File.Exists(file.Item1))]);
    }

    /// <summary>Everything in the trial's folder but empty logs and locks: logs, events, telemetry and what the training itself left.</summary>
    public void UploadTrial(string runKey, string folder)
    {
        if (Directory.Exists(folder))
            Upload(
                runKey,
                [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                    .Where(file => !IsNothing(new FileInfo(file))).Order(StringComparer.Ordinal).Select(file => (file, Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))]);
    }

    private static bool IsNothing(FileInfo file) => file.Name == "lock" || file.Extension == ".lock" || (file is { Extension: ".log", Exists: true, Length: 0 });

    private void Upload(string runKey, IReadOnlyCollection<(string File, string Path)> files)
    {
        var skipped = new List<string>();
        var renamed = new List<string>();
        var names = ArtifactNames.Of([.. files.Take(MostFiles).Select(file => file.Path)]);
        foreach (var (file, path) in files.Take(MostFiles))
        {
            if (WhyNot(file) is { } reason)
            {
                skipped.Add($"{VisibleText.Of(path)} ({reason})");
                continue;
            }

            if (names[path] != path)
                renamed.Add($"{VisibleText.Of(path)} as {names[path]}");
            outbox.Upload(runKey, file, names[path]);
        }

        if (files.Count > MostFiles)
            skipped.Add(string.Create(CultureInfo.InvariantCulture, $"all but the first {MostFiles} files"));
        Tag(runKey, TrackingTags.SkippedArtifacts, skipped);
        Tag(runKey, TrackingTags.RenamedArtifacts, renamed);
    }

    /// <summary>What keeps a file from being copied: asked before it is handed over, because what waits to be sent is tried again and again.</summary>
    private string? WhyNot(string file)
    {
        try
        {
            using var content = PlainFile.TryOpen(file);
            if (content is null)
                return file.Contains('\uFFFD', StringComparison.Ordinal) ? "its name is not UTF-8" : "it is gone";
            return content.Length > options.MaxArtifactBytes ? Analysis.Text.Quantity.Bytes(content.Length) : null;
        }
        catch (PlainFile.RefusedException)
        {
            return "no plain file, or not readable";
        }
        catch (IOException)
        {
            return null; // not now: who sends it tries again, and says where it fails
        }
    }

    private void Tag(string runKey, string tag, List<string> names)
    {
        if (names.Count == 0)
            return;
        var more = names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "";
        outbox.Log(runKey, new RunBatch { Tags = [new Tag(tag, string.Join(", ", names.Take(MostNames)) + more)] });
    }
}
