using System.Text.Json.Nodes;
using Experiments.Core.Definitions;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>The section <c>train</c>: one of several records, by the key that names the task.</summary>
/// <param name="keys">The keys of all tasks.</param>
internal sealed class TaskKind(params DefinitionKey[] keys) : SectionKind(typeof(TrainingTask), keys)
{
    public const string TorchSharp = "torchsharp";
    public const string PyTorch = "pytorch";
    public const string Command = "command";

    /// <summary>The keys that name a task.</summary>
    public static IReadOnlyList<string> Names { get; } = [TorchSharp, PyTorch, Command];

    protected override IEnumerable<Type> Records => [typeof(CommandTask), typeof(TorchSharpTask), typeof(PyTorchTask)];

    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (base.Read(node, path, context) is not TrainingTask task)
            return null;
        var folder = task.WorkingDirectory ?? context.Paths.Folder;
        return task with { WorkingDirectory = folder } switch
        {
            PyTorchTask { Module: { } module } script => script with { Script = Path.Combine(folder, module.Replace('.', '/') + ".py") },
            CommandTask { Command: [var program, ..] } command => command with { Command = [DefinitionPaths.Program(program, folder), .. command.Command.Skip(1)] },
            var other => other,
        };
    }

    /// <summary>A command's program is relative to its working directory, as it is read.</summary>
    public override JsonNode Write(object value, DefinitionPaths paths) => base.Write(
        value is CommandTask { Command: [var program, ..] } task && Path.IsPathFullyQualified(program)
            ? task with { Command = [new PathKind { IsProgram = true }.Write(program, new DefinitionPaths(task.WorkingDirectory ?? paths.Folder)).ToString(), .. task.Command.Skip(1)] }
            : value,
        paths);

    protected override object Create(MappingNode? mapping) => mapping?.Entries.Select(entry => entry.Key.Text).FirstOrDefault(Names.Contains) switch
    {
        TorchSharp => Activator.CreateInstance<TorchSharpTask>(),
        PyTorch => Activator.CreateInstance<PyTorchTask>(),
        _ => Activator.CreateInstance<CommandTask>(),
    };
}
