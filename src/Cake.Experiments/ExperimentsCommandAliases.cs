using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Cake.Experiments.Tasks;
using Cake.Experiments.Tool;

namespace Cake.Experiments;

/// <summary>The <c>experiments</c> command over definition files, inside any task. Also for Frosting, whose tasks are classes.</summary>
[CakeAliasCategory("Experiments")]
[CakeNamespaceImport("Cake.Experiments.Tool")]
public static class ExperimentsCommandAliases
{
    /// <summary>Runs the trials of definition files and judges them.</summary>
    /// <param name="context">The context.</param>
    /// <param name="definitions">The files.</param>
    /// <param name="settings">Options; null: all as the definitions say.</param>
    /// <exception cref="CakeException">The verdict is not a pass; carries the command's exit code.</exception>
    /// <example>
    /// <code>
    /// Task("Nightly").Does(() => ExperimentsRun(GetFiles("experiments/*.yaml")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsRun(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.Run, definitions, settings);

    /// <summary>Prints the trials of definition files; runs nothing.</summary>
    /// <inheritdoc cref="ExperimentsRun"/>
    /// <example>
    /// <code>
    /// Task("Trials").Does(() => ExperimentsPlan(GetFiles("experiments/*.yaml")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsPlan(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.Plan, definitions, settings);

    /// <summary>Judges the latest sweep of definition files again, against today's limits and baselines.</summary>
    /// <inheritdoc cref="ExperimentsRun"/>
    /// <example>
    /// <code>
    /// Task("Verdict").Does(() => ExperimentsGate(GetFiles("experiments/*.yaml")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsGate(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.Gate, definitions, settings);

    /// <summary>Accepts the latest sweep of definition files as this machine's baseline.</summary>
    /// <inheritdoc cref="ExperimentsRun"/>
    /// <example>
    /// <code>
    /// Task("Accept").Does(() =>
    ///     ExperimentsBaseline(GetFiles("experiments/*.yaml"), new ExperimentsSettings { Reason = "new loader" }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsBaseline(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.AcceptBaseline, definitions, settings);

    /// <summary>Makes one sweep of shards that ran elsewhere, with one verdict over the whole matrix; a sweep like any other then.</summary>
    /// <param name="context">The context.</param>
    /// <param name="definitions">The files.</param>
    /// <param name="from">Folders that hold the shards' sweeps, such as downloaded artifacts.</param>
    /// <param name="settings">Options; null: all as the definitions say.</param>
    /// <exception cref="CakeException">The verdict is not a pass; carries the command's exit code.</exception>
    /// <example>
    /// <code>
    /// Task("Verdict").Does(() => ExperimentsMerge(GetFiles("experiments/*.yaml"), ["shards"]));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsMerge(this ICakeContext context, IEnumerable<FilePath> definitions, IEnumerable<DirectoryPath> from, ExperimentsSettings? settings = null)
    {
        settings ??= new ExperimentsSettings();
        foreach (var folder in from)
            settings.From.Add(folder);
        Run(context, ExperimentsCommand.Merge, definitions, settings);
    }

    /// <summary>Tells the latest sweep of definition files in one comment each on the pull request of the CI job, which is edited and never doubled; without a token in the job's summary.</summary>
    /// <inheritdoc cref="ExperimentsRun"/>
    /// <example>
    /// <code>
    /// Task("Comment").Does(() => ExperimentsComment(GetFiles("experiments/*.yaml")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsComment(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.Comment, definitions, settings);

    /// <summary>Shows what moved the throughput of definition files over the nights: lasting changes with their commits, and slow drift.</summary>
    /// <inheritdoc cref="ExperimentsRun"/>
    /// <example>
    /// <code>
    /// Task("Nights").Does(() => ExperimentsHistory(GetFiles("experiments/*.yaml")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void ExperimentsHistory(this ICakeContext context, IEnumerable<FilePath> definitions, ExperimentsSettings? settings = null) =>
        Run(context, ExperimentsCommand.History, definitions, settings);

    private static void Run(ICakeContext context, ExperimentsCommand command, IEnumerable<FilePath> definitions, ExperimentsSettings? settings) =>
        VerdictExitCode.Relay(() => ExperimentProcesses.Run(context, command, definitions, settings ?? new ExperimentsSettings()));
}
