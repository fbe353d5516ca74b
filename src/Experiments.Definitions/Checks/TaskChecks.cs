using System.Text.RegularExpressions;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks that <c>train</c> is one task with the keys of its kind.</summary>
internal static class TaskChecks
{
    private const int LongestPattern = 1000;

    /// <summary>The task that is written: a key of <c>train</c>; null where none is or several are.</summary>
    public static string? TaskOf(ReadingContext context) =>
        TaskKind.Names.Where(task => context.NodeAt($"train.{task}") is not null).ToArray() is [var task] ? task : null;

    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        if (context.NodeAt("train") is not MappingNode)
            return;
        var written = TaskKind.Names.Where(task => context.NodeAt($"train.{task}") is not null).ToArray();
        if (written.Length == 0 && !TaskKind.Names.Any(task => context.IsMeant($"train.{task}")))
            context.ErrorAtKey(DefinitionDiagnostics.MissingKey, $"train names no task; give one of the keys {string.Join(", ", TaskKind.Names)}", "train");
        foreach (var surplus in written.Skip(1))
            context.ErrorAtKey(DefinitionDiagnostics.ConflictingKeys, $"train has both \"{written[0]}\" and \"{surplus}\"; keep one of them", $"train.{surplus}");
        if (written is not [var task])
            return;
        foreach (var key in TrainKeys.Section.Keys.Where(key => key.Tasks.Count > 0 && !key.Tasks.Contains(task) && context.NodeAt($"train.{key.Name}") is not null))
            context.WarningAtKey(DefinitionDiagnostics.UselessKey, $"train.{key.Name} has no effect: it is for {string.Join(" and ", key.Tasks)} tasks, this is a {task} task", $"train.{key.Name}");
        CheckBuiltIn(draft.Train, context);
        CheckPatterns(context);
    }

    private static void CheckBuiltIn(TrainingTask? train, ReadingContext context)
    {
        if (train is not TorchSharpTask { Task: { } task } || context.NodeAt("train.assembly") is not null || TorchSharpTask.BuiltIn.Contains(task))
            return;
        context.Error(
            DefinitionDiagnostics.InvalidWord,
            $"train.torchsharp is {ScalarNode.Quote(task)}{Spelling.Suggestion(task, "built-in tasks", TorchSharpTask.BuiltIn)}; a class of your own needs train.assembly",
            context.NodeAt("train.torchsharp")!);
    }

    private static void CheckPatterns(ReadingContext context)
    {
        if (context.NodeAt("train.metrics") is not MappingNode metrics)
            return;
        foreach (var (metric, node) in metrics.Entries)
        {
            if (node is ScalarNode { Text: { Length: > 0 } pattern } && Mistake(pattern) is { } mistake)
                context.Error(DefinitionDiagnostics.InvalidPattern, $"the expression of train.metrics.{metric.Text} cannot be used: {mistake}", node);
        }
    }

    private static string? Mistake(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return FormattableString.Invariant($"it is longer than {LongestPattern} characters");
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant).GetGroupNumbers().Length > 1 ? null : "it has no group; put parentheses around the value";
        }
        catch (ArgumentException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }
}
