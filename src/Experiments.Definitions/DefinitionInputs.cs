using Experiments.Core.Definitions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions;

/// <summary>The files that the results of a definition depend on, as far as it names them. What a script imports is not among them.</summary>
public static class DefinitionInputs
{
    /// <summary>The definition's file, its scripts, programs and datasets, and the words of its arguments that name files; absolute, some perhaps not there.</summary>
    /// <param name="definition">The definition.</param>
    public static IReadOnlyList<string> Of(ExperimentDefinition definition)
    {
        var task = definition.Train;
        var folder = task.WorkingDirectory ?? DefinitionPaths.Of(definition.File).Folder;
        IEnumerable<string> named = task switch
        {
            PyTorchTask { Module: null } script => [script.Script, Program(script.Python), .. script.Launcher],
            PyTorchTask module => [module.Script, module.Script[..^".py".Length] + "/__main__.py", Program(module.Python), .. module.Launcher],
            TorchSharpTask csharp => [csharp.Assembly ?? ""],
            CommandTask command => command.Command,
            _ => [],
        };
        return
        [
            .. named.Concat(task.Args.Select(Value)).Where(MayNameFile).Select(word => FileAt(Path.GetFullPath(word, folder)))
                .Concat(definition.Datasets.Select(dataset => dataset.Path).OfType<string>().Select(path => Path.Combine(path, DatasetFile)))
                .Prepend(Path.GetFullPath(definition.File))
                .Distinct(StringComparer.Ordinal),
        ];

        bool MayNameFile(string word) =>
            word.Length > 0 && !word.Contains('\0', StringComparison.Ordinal) && !Placeholders.In(word).Any()
            && (DefinitionPaths.IsPath(word) || Path.HasExtension(word) || Path.Exists(Path.GetFullPath(word, folder)));
    }

    private const string DatasetFile = "dataset.json";

    /// <summary>A bare name is looked up on PATH: what the machine has is no input.</summary>
    private static string Program(string? program) => program is not null && DefinitionPaths.IsPath(program) ? program : "";

    /// <summary><c>conf.json</c> of <c>--config=conf.json</c>.</summary>
    private static string Value(string argument) =>
        argument.StartsWith('-') && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? argument[(equals + 1)..] : argument;

    private static string FileAt(string path) => Directory.Exists(path) ? Path.Combine(path, DatasetFile) : path;
}
