using System.ComponentModel;
using System.Diagnostics;
using Experiments.Core.Definitions;
using Experiments.Mlflow;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>Where a definition's runs are recorded, and what they say of the working folder.</summary>
internal static class Tracking
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The definition's tracking URI, else <c>MLFLOW_TRACKING_URI</c>, else an SQLite database in the working folder.</summary>
    public static string UriOf(ExperimentDefinition definition)
    {
        var inherited = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI");
        return definition.Mlflow.TrackingUri ?? (string.IsNullOrWhiteSpace(inherited) ? MlflowStore.DefaultTrackingUri : inherited);
    }

    /// <summary>What runs say beyond the sweep itself.</summary>
    public static MlflowObserverOptions OptionsFor(
        ExperimentDefinition definition, IReadOnlyDictionary<string, string> datasetFolders, IReadOnlyDictionary<string, string> tags)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(definition.File))!;
        return new MlflowObserverOptions
        {
            DatasetFolders = datasetFolders,
            Tags = tags,
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
