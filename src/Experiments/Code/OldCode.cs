using System.ComponentModel;
using System.Diagnostics;
using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Engine;

namespace Experiments.Code;

/// <summary>The code of a commit in a worktree of its own, made once a commit, with today's definition in it.</summary>
internal static class OldCode
{
    private const string MergeBase = "merge-base(";
    private const string LastPassing = "last_passing";
    private const string Done = ".experiments-ready";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The commit that a revision names.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="against">A git revision, <c>merge-base(REVISION)</c>, or <c>last_passing</c>: that of the newest sweep that passed.</param>
    /// <param name="root">The folder of all sweeps.</param>
    /// <exception cref="DiagnosticException">EXP5038: there is no git, no repository, no such commit, or no sweep that passed.</exception>
    internal static string Resolve(ExperimentDefinition definition, string against, string root)
    {
        var folder = FolderOf(definition);
        if (against == LastPassing)
            against = LatestSweep.PassedCommit(root, definition) ?? throw new DiagnosticException(EnvironmentDiagnostics.NoOldCode.Error(
                $"{LastPassing}: no sweep of {definition.Name} under {Path.GetRelativePath(".", root)} passed with its code committed", definition.PositionOf("")));
        return Asked(definition, () => against.StartsWith(MergeBase, StringComparison.Ordinal) && against.EndsWith(')')
            ? Git.Line(folder, "merge-base", "HEAD", against[MergeBase.Length..^1])
            : Git.Line(folder, "rev-parse", "--verify", "--end-of-options", against + "^{commit}"));
    }

    /// <summary>The commits after one up to another, oldest first, along the first parents: what was merged counts as its merge.</summary>
    /// <exception cref="DiagnosticException">EXP5038: git cannot tell. EXP5042: there are none.</exception>
    internal static IReadOnlyList<BisectedCommit> Between(ExperimentDefinition definition, string good, string bad)
    {
        var folder = FolderOf(definition);
        var lines = Asked(definition, () => Git.Line(folder, "log", "--reverse", "--first-parent", "--ancestry-path", "--format=%H%x1f%an%x1f%s", $"{good}..{bad}"));
        return lines.Length > 0 ? [.. lines.Split('\n').Select(line => line.Split('\x1f')).Select(parts => new BisectedCommit(parts[0], parts[1], parts[2]))]
            : throw new DiagnosticException(EnvironmentDiagnostics.NoCommitsBetween.Error($"no commit lies between {CommitName.Short(good)} and {CommitName.Short(bad)}: the one is no ancestor of the other, or both are the same", definition.PositionOf("")));
    }

    /// <summary>Today's definition over the code of a commit.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="setup">A program and its arguments that make it ready; null: nothing is to be done.</param>
    /// <param name="share">What is not in git, relative to the definition's folder.</param>
    /// <param name="root">The folder of all sweeps; worktrees lie below it.</param>
    /// <exception cref="DiagnosticException">EXP5038: git cannot check it out. EXP5039: it cannot be made ready.</exception>
    internal static ExperimentDefinition Read(ExperimentDefinition definition, string commit, IReadOnlyList<string>? setup, IReadOnlyList<string> share, string root)
    {
        var today = FolderOf(definition);
        var worktree = Path.Combine(root, "worktrees", CommitName.Short(commit));
        var folder = Path.Combine(worktree, Asked(definition, () => Git.Line(today, "rev-parse", "--show-prefix")));
        var file = Path.Combine(folder, Path.GetFileName(definition.File));
        try
        {
            if (!File.Exists(Path.Combine(worktree, Done)))
                CheckOut(definition, today, worktree, commit);
            Directory.CreateDirectory(folder);
            File.Copy(definition.File, file, overwrite: true);
            foreach (var shared in share)
                Link(Path.Combine(folder, shared), Path.GetFullPath(shared, today));
            Prepare(definition, setup, worktree, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.OldCodeNotReady.Error(exception.Message.TrimEnd('.')));
        }

        return Experiment.Read(file);
    }

    private static void CheckOut(ExperimentDefinition definition, string today, string worktree, string commit)
    {
        if (Directory.Exists(worktree))
            Directory.Delete(worktree, recursive: true); // it was cut off
        Asked(definition, () => Git.Ask(today, "worktree", "prune"));
        Asked(definition, () => Git.Ask(today, Patience, "worktree", "add", "--detach", "--force", worktree, commit));
        if (File.Exists(Path.Combine(worktree, ".gitmodules")))
            Asked(definition, () => Git.Ask(worktree, Patience, "submodule", "update", "--init", "--recursive"));
        File.WriteAllText(Path.Combine(worktree, Done), "");
    }

    private static void Prepare(ExperimentDefinition definition, IReadOnlyList<string>? setup, string worktree, string folder)
    {
        var done = Path.Combine(worktree, Done);
        var command = string.Join(' ', setup ?? []);
        if (command.Length == 0 || File.ReadAllText(done) == command)
            return;
        var start = new ProcessStartInfo(setup![0], setup.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                var last = (output.GetAwaiter().GetResult() + "\n" + errors).Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim();
                throw NotReady($"'{command}' ended with exit code {process.ExitCode} in {folder}: {last}");
            }
        }
        catch (Win32Exception exception)
        {
            throw NotReady($"'{command}' does not start in {folder}: {exception.Message}");
        }

        File.WriteAllText(done, command);

        DiagnosticException NotReady(string message) => new(EnvironmentDiagnostics.OldCodeNotReady.Error(message, definition.PositionOf("train.setup")));
    }

    private static void Link(string link, string target)
    {
        if (Path.Exists(link) || new FileInfo(link).LinkTarget is not null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (Directory.Exists(target))
            Directory.CreateSymbolicLink(link, target);
        else
            File.CreateSymbolicLink(link, File.Exists(target) ? target : throw new FileNotFoundException($"{target}, which is to be shared, is not there", target));
    }

    private static T Asked<T>(ExperimentDefinition definition, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (IOException exception)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.NoOldCode.Error(exception.Message, definition.PositionOf("")));
        }
    }

    private static string FolderOf(ExperimentDefinition definition) => Path.GetDirectoryName(Path.GetFullPath(definition.File))!;
}
