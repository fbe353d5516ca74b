using Experiments.Code;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Sweeps;
using Experiments.Mlflow;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Recording;

/// <summary>Where a definition's runs are recorded, and what they say of the working folder.</summary>
internal static class Tracking
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The definition's tracking URI, else <c>MLFLOW_TRACKING_URI</c>, else an SQLite database in the working folder.</summary>
    public static string UriOf(ExperimentDefinition definition) => definition.Mlflow.TrackingUri ?? DefaultUri;

    /// <summary>Where the embedded store of a definition keeps its files, copies of scripts among them; null where it is a server's.</summary>
    /// <param name="definition">The definition.</param>
    public static string? ArtifactFolder(ExperimentDefinition definition)
    {
        const string scheme = "sqlite:///";
        var uri = UriOf(definition);
        return uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && uri.Length > scheme.Length
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(uri[scheme.Length..])) ?? ".", "mlartifacts") : null;
    }

    /// <summary>Where definitions that say nothing are recorded.</summary>
    public static string DefaultUri =>
        Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI") is { } uri && !string.IsNullOrWhiteSpace(uri) ? uri : MlflowStore.DefaultTrackingUri;

    /// <summary>
    /// Opens the store. A server gets few tries a call: what it does not take is kept and tried again, and one that is back is noticed soon.
    /// </summary>
    /// <exception cref="DiagnosticException">EXP4005: there is no such kind of store, or its certificates cannot be read.</exception>
    public static IMlflowStore Open(ExperimentDefinition definition)
    {
        var retry = new MlflowRetryOptions();
        try
        {
            return MlflowStore.Open(new MlflowOptions
            {
                TrackingUri = UriOf(definition),
                Retry = retry with { MaxRetries = Math.Min(retry.MaxRetries, 2), MaxDelay = TimeSpan.FromSeconds(4) },
            });
        }
        catch (Exception problem) when (IsUnusable(problem))
        {
            throw new DiagnosticException(definition.Mlflow.TrackingUri is null
                ? TrackingDiagnostics.UnknownStore.Error($"MLFLOW_TRACKING_URI: {problem.Message}")
                : TrackingDiagnostics.UnknownStore.Error(problem.Message, definition.PositionOf("mlflow.tracking_uri")));
        }
    }

    /// <summary>Whether a store cannot even be opened: an address of no known kind, or certificates that cannot be read.</summary>
    public static bool IsUnusable(Exception problem) =>
        problem is ArgumentException or MlflowException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException;

    /// <summary>A database that takes nothing lies on a disk that is full or broken, or is held by somebody; a server may be starting.</summary>
    private static readonly TimeSpan DatabaseStall = TimeSpan.FromSeconds(12);

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

    /// <summary>What runs say beyond the sweep itself.</summary>
    public static MlflowObserverOptions OptionsFor(
        ExperimentDefinition definition, IReadOnlyDictionary<string, string> datasetFolders, IReadOnlyDictionary<string, string>? tags = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(definition.File))!;
        var defaults = new MlflowObserverOptions();
        return defaults with
        {
            StallTimeout = UriOf(definition).StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? DatabaseStall : defaults.StallTimeout,
            DatasetFolders = datasetFolders,
            Tags = tags ?? new Dictionary<string, string>(),
            GitBranch = Asked(folder, "rev-parse", "--abbrev-ref", "HEAD"),
            GitRepositoryUrl = Asked(folder, "config", "--get", "remote.origin.url") is { } url ? WithoutCredentials(url) : null,
        };
    }

    /// <summary>A repository's address as everybody may read it: CI clones by one that holds a token.</summary>
    /// <param name="address">As git has it: a URL, <c>user@host:path</c> or a path.</param>
    internal static string WithoutCredentials(string address)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        if (host < "://".Length)
            return address;
        var path = address.IndexOfAny(['/', '?', '#'], host);
        var at = address.LastIndexOf('@', (path < 0 ? address.Length : path) - 1);
        return at < host || address.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) ? address : address[..host] + address[(at + 1)..];
    }

    /// <summary>What git answers; null where there is no git or no repository, which a run can do without.</summary>
    private static string? Asked(string folder, params string[] arguments)
    {
        try
        {
            return Git.Line(folder, GitTimeout, arguments) is { Length: > 0 } answer ? answer : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
