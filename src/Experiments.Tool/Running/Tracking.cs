using System.ComponentModel;
using System.Diagnostics;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Sweeps;
using Experiments.Mlflow;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>Where a definition's runs are recorded, and what they say of the working folder.</summary>
internal static class Tracking
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The definition's tracking URI, else <c>MLFLOW_TRACKING_URI</c>, else an SQLite database in the working folder.</summary>
    public static string UriOf(ExperimentDefinition definition) => definition.Mlflow.TrackingUri ?? DefaultUri;

    /// <summary>Where definitions that say nothing are recorded.</summary>
    public static string DefaultUri =>
        Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI") is { } uri && !string.IsNullOrWhiteSpace(uri) ? uri : MlflowStore.DefaultTrackingUri;

    /// <summary>
    /// Opens the store. A server gets few tries a call: what it does not take is kept and tried again, and one that is back is noticed soon.
    /// </summary>
    public static IMlflowStore Open(ExperimentDefinition definition)
    {
        var retry = new MlflowRetryOptions();
        return MlflowStore.Open(new MlflowOptions
        {
            TrackingUri = UriOf(definition),
            Retry = retry with { MaxRetries = Math.Min(retry.MaxRetries, 2), MaxDelay = TimeSpan.FromSeconds(4) },
        });
    }

    /// <summary>Long enough for the end of a sweep, which waits for the store.</summary>
    public static ObserverPipelineOptions Patience { get; } = new() { CallTimeout = TimeSpan.FromMinutes(5), DrainTimeout = TimeSpan.FromMinutes(6) };

    /// <summary>The last lines: what is not recorded, and where the runs are seen.</summary>
    public static void Print(RecordingOutcome? outcome, TextWriter output)
    {
        foreach (var problem in outcome?.Problems ?? [])
            output.WriteLine(problem);
        foreach (var place in outcome?.Places ?? [])
            output.WriteLine(place);
    }

    /// <summary>Puts into the results what observers could not do in the end, and says what it was.</summary>
    public static Task KeepProblemsAsync(string folder, SweepReport report, ObserverPipeline observers, RecordingOutcome? outcome, TextWriter output)
    {
        foreach (var failure in observers.Failures.Except(report.Sweep.Observers))
            output.WriteLine(failure);
        var journal = report.Sweep.Observers.Where(one => one.Code != TrackingDiagnostics.ObserverFailed.Code);
        return ReportFiles.UpdateAsync(folder, report, [.. journal, .. observers.Failures, .. outcome?.Problems ?? []]);
    }

    /// <summary>By these a script that logs to MLflow itself, as its Python client does, logs to its trial's run. None where the store does not answer.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> HandOverAsync(
        MlflowObserver mlflow, IMlflowStore store, ExperimentDefinition definition, PlannedTrial trial, CancellationToken cancellationToken)
    {
        if (definition.Train is TorchSharpTask || await mlflow.FindRunIdAsync(trial, cancellationToken).ConfigureAwait(false) is not { } runId)
            return new Dictionary<string, string>();
        var isDatabase = store.TrackingUri.StartsWith("sqlite:", StringComparison.Ordinal); // its path may be relative to this folder
        return new Dictionary<string, string> { ["MLFLOW_RUN_ID"] = runId, ["MLFLOW_TRACKING_URI"] = isDatabase ? store.TrackingUri : UriOf(definition) };
    }

    /// <summary>What runs say beyond the sweep itself.</summary>
    public static MlflowObserverOptions OptionsFor(
        ExperimentDefinition definition, IReadOnlyDictionary<string, string> datasetFolders, IReadOnlyDictionary<string, string>? tags = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(definition.File))!;
        return new MlflowObserverOptions
        {
            DatasetFolders = datasetFolders,
            Tags = tags ?? new Dictionary<string, string>(),
            GitBranch = Git(folder, "rev-parse", "--abbrev-ref", "HEAD"),
            GitRepositoryUrl = Git(folder, "config", "--get", "remote.origin.url"),
        };
    }

    /// <summary>What git answers; null where there is no git or no repository, which a run can do without.</summary>
    private static string? Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var answer = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(GitTimeout))
                git.Kill();
            return git.ExitCode == 0 && answer.Result.Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Win32Exception)
        {
            return null; // git is not installed
        }
    }
}
