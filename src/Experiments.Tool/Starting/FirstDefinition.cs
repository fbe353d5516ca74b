using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>The text of a first definition: every key with what it is for, small enough to run at once.</summary>
internal static partial class FirstDefinition
{
    private const int CommentColumn = 46;

    /// <summary>A name for the experiment, from a folder's.</summary>
    /// <param name="folder">The folder, absolute.</param>
    public static string NameOf(string folder)
    {
        var name = Unusable().Replace(new DirectoryInfo(folder).Name.ToLowerInvariant(), "-").Trim('-', '.', '_');
        return name.Length > 0 ? name[..Math.Min(name.Length, 100)] : "experiment";
    }

    /// <summary>The definition.</summary>
    /// <param name="name">The experiment's name.</param>
    /// <param name="candidate">What is swept; null: the built-in task on synthetic data.</param>
    public static string Write(string name, Candidate? candidate)
    {
        var text = new StringBuilder();
        text.Append(candidate is null
            ? "# The built-in task on synthetic data of the shape of MELD-DA: it shows this machine, not a training of yours.\n"
            : "# Which num_workers and pin_memory suit this training on this machine?\n");
        text.Append("# Every key is explained in docs/definition.md of Experiments; a path is relative to this file.\n");
        Line(text, $"name: {YamlText.Of(name)}", "its folder in .experiments, its baseline, its MLflow experiment");
        Line(text, "train:", "what a trial runs");
        Train(text, candidate);
        Line(text, "  warmup_steps: 5", "steps at the start that are not measured");
        Line(text, "  steps: auto", "measured until they took three seconds; or a number");
        if (candidate is null or { TaskClass: not null })
        {
            Line(text, "datasets:", "what the axis dataset names");
            Line(text, "  MELD-DA: {synthetic: meld-da, samples: 128}", "or {path: ../data/my-features}");
        }

        Line(text, "matrix:", "every combination is a configuration");
        if (candidate is null or { TaskClass: not null })
            Line(text, "  dataset: [MELD-DA]", "names of datasets");
        Line(text, "  num_workers: [0, 1, 2, 4]", "processes that load; 0 loads on the training thread");
        Line(text, "  pin_memory: [false, true]", "page-locked batches, for a GPU");
        Line(text, "repeats: 2", "trials of each configuration");
        Line(text, "limits:", "what a trial may use; one that exceeds it is ended");
        Line(text, "  memory: 80%", "of what the machine has free, for the whole process tree");
        Line(text, "  timeout: 15m", "from start to end");
        Line(text, "  stall_timeout: 5m", "without a step: longer than the start and the longest evaluation");
        Line(text, "gates:", "what makes a sweep fail");
        Line(text, "  throughput: {max_regression: 5%}", "against the baseline that is accepted for this machine");
        return text.ToString();
    }

    private static void Train(StringBuilder text, Candidate? candidate)
    {
        switch (candidate)
        {
            case null:
                Line(text, "  torchsharp: utterance-fusion", "or  pytorch: ../train.py  or  command: [./train.sh]");
                return;
            case { TaskClass: { } task }:
                Line(text, $"  torchsharp: {YamlText.Of(task)}", "the class, with its namespace");
                Line(text, $"  assembly: {YamlText.Of("../" + candidate.Assembly)}", "as dotnet build -c Release makes it");
                return;
            case { Module: { } module }:
                Line(text, $"  pytorch: {{module: {YamlText.Of(module)}}}", "run as by python -m, unchanged, under the probe");
                break;
            default:
                Line(text, $"  pytorch: {YamlText.Of("../" + candidate.File)}", "run unchanged, under the probe");
                break;
        }

        if (candidate.Required.Count > 0)
            Line(text, $"  # It does not start without {string.Join(", ", candidate.Required.Select(Printable))}: add them to args.", "");
        Line(text, $"  args: [{string.Join(", ", candidate.Arguments.Select(YamlText.Of))}]", candidate.Arguments.Any(argument => argument.Contains('{', StringComparison.Ordinal))
            ? "its own option; {axis} is replaced" : "what it needs; it has no option for its workers, the probe steers them");
        var isAbove = candidate.PackageFolder.StartsWith("..", StringComparison.Ordinal); // what was looked at is a package itself
        Line(text, $"  working_directory: ..{(isAbove ? "/" + candidate.PackageFolder : "")}", "where the training runs");
        if (candidate.PackageFolder.Length > 0 && !isAbove)
            Line(text, $"  env: {{PYTHONPATH: {YamlText.Of(candidate.PackageFolder)}}}", "where its package is");
    }

    private static void Line(StringBuilder text, string content, string comment) =>
        text.Append(comment.Length > 0 ? $"{content.PadRight(CommentColumn)}  # {comment}" : content).Append('\n');

    private static string Printable(string word) => Control().Replace(word, "?");

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex Unusable();

    [GeneratedRegex(@"[\p{C}\u2028\u2029]")]
    private static partial Regex Control();
}
