using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Cake.Experiments.Tasks;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Definitions;
using Experiments.Definitions.Building;

namespace Cake.Experiments;

/// <summary>
/// Training experiments as Cake tasks: a matrix of <c>dataset</c>, <c>num_workers</c>, <c>pin_memory</c> and any other axis is run as real
/// training tasks, measured, judged, and a memory blow-up or a throughput regression fails the build.
/// The tasks <c>Sweep</c>, <c>Plan</c>, <c>Gate</c> and <c>Baseline</c> over all experiments appear by themselves, unless the script has
/// defined tasks of these names before its first experiment.
/// </summary>
[CakeAliasCategory("Experiments")]
[CakeNamespaceImport("Cake.Experiments")]
[CakeNamespaceImport("Experiments.Definitions.Building")]
[CakeNamespaceImport("Cake.Experiments.Tool")]
public static class ExperimentAliases
{
    /// <summary>Adds an experiment that is written in C#, as a task of its name.</summary>
    /// <param name="context">The context.</param>
    /// <param name="name">The experiment's name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="configure">Describes it. Runs at once, also for <c>--tree</c>: describe, and do nothing else.</param>
    /// <param name="file">The script; the compiler says it.</param>
    /// <param name="line">The line; the compiler says it.</param>
    /// <returns>The task, to add prerequisites to.</returns>
    /// <exception cref="CakeException">The experiment is wrong; the message names it and the place in the script.</exception>
    /// <example>
    /// <code>
    /// Task("Build").Does(() => Information("built"));
    ///
    /// Experiment("meld-da", e => e
    ///     .TorchSharp("utterance-fusion")
    ///     .SyntheticDataset("MELD-DA", "meld-da", samples: 128)
    ///     .Dataset("MELD-DA").NumWorkers(0, 2).PinMemory(false, true)
    ///     .Repeats(3).Limit(memory: "12GiB")
    ///     .Gate(g => g.PeakMemory(max: "8GiB").Throughput(maxRegression: 0.05)))
    ///     .IsDependentOn("Build");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static CakeTaskBuilder Experiment(
        this ICakeContext context, string name, Action<ExperimentBuilder> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var position = Position(context, file, line);
        var definition = Built(context, name, configure, position);
        return ExperimentTasks.Of(context).Add(name, Description(definition), () => Written(definition), position);
    }

    /// <summary>Adds every definition file that matches, each as a task named as the file.</summary>
    /// <param name="context">The context.</param>
    /// <param name="pattern">A glob, such as <c>experiments/*.yaml</c>.</param>
    /// <param name="configure">Adds prerequisites or criteria to each task.</param>
    /// <param name="file">The script; the compiler says it.</param>
    /// <param name="line">The line; the compiler says it.</param>
    /// <exception cref="CakeException">No file matches, or two experiments have the same name.</exception>
    /// <example>
    /// <code>
    /// Task("Build").Does(() => Information("built"));
    ///
    /// Experiments("experiments/*.yaml", task => task.IsDependentOn("Build"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static void Experiments(
        this ICakeContext context, string pattern, Action<CakeTaskBuilder>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var position = Position(context, file, line);
        var files = context.Globber.GetFiles(new GlobPattern(pattern)).OrderBy(match => match.FullPath, StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new CakeException(ExitCodes.BadUsage, DefinitionDiagnostics.UnreadableFile.Error($"no definition matches {pattern} in {context.Environment.WorkingDirectory.FullPath}", position).ToString());
        foreach (var definition in files)
        {
            var shown = context.Environment.WorkingDirectory.GetRelativePath(definition).FullPath;
            var task = ExperimentTasks.Of(context).Add(definition.GetFilenameWithoutExtension().FullPath, $"Experiment of {shown}.", () => definition, position);
            configure?.Invoke(task);
        }
    }

    /// <summary>Writes the definition file of an experiment that is written in C#, without making it a task.</summary>
    /// <param name="context">The context.</param>
    /// <param name="name">The experiment's name.</param>
    /// <param name="configure">Describes it.</param>
    /// <param name="file">The script; the compiler says it.</param>
    /// <param name="line">The line; the compiler says it.</param>
    /// <returns>The file, <c>.experiments/definitions/NAME.json</c>.</returns>
    /// <exception cref="CakeException">The experiment is wrong; the message names it and the place in the script.</exception>
    /// <example>
    /// <code>
    /// Task("Plans").Does(() =>
    ///     ExperimentsPlan([ExperimentFile("quick", e => e.Command("./train.sh", "{num_workers}").NumWorkers(0, 2))]));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    public static FilePath ExperimentFile(
        this ICakeContext context, string name, Action<ExperimentBuilder> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Written(Built(context, name, configure, Position(context, file, line)));

    private static ExperimentDefinition Built(ICakeContext context, string name, Action<ExperimentBuilder> configure, SourcePosition position)
    {
        var reading = ExperimentBuilder.Build(name, configure, context.Environment.WorkingDirectory.FullPath, position);
        if (reading.Definition is not { } definition)
            throw new CakeException(ExitCodes.BadUsage, string.Join(Environment.NewLine, reading.Diagnostics));
        return System.IO.File.Exists(position.File) ? definition : definition with { Source = null }; // a deterministic build of a Frosting project hides its folder
    }

    private static FilePath Written(ExperimentDefinition definition)
    {
        DefinitionWriter.Write(definition);
        return definition.File;
    }

    private static SourcePosition Position(ICakeContext context, string file, int line) =>
        new(file.Length == 0 ? "experiments" : System.IO.Path.GetRelativePath(context.Environment.WorkingDirectory.FullPath, file).Replace('\\', '/'), Math.Max(line, 1), 1);

    private static string Description(ExperimentDefinition definition)
    {
        var axes = string.Join(" × ", definition.Matrix.Axes.Select(axis => $"{axis.Values.Count} {axis.Name}"));
        return $"Experiment: {axes}{(definition.Repeats is > 1 and var repeats ? $", {repeats} repeats" : "")}.";
    }
}
