using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks that the files and folders that a definition names are there.</summary>
internal sealed class FileChecks(ReadingContext context)
{
    private const int MostNeighbours = 1000;

    public void Check()
    {
        CheckFile("train.pytorch", "script", context.TextAt("train.pytorch"));
        CheckFile("train.assembly", "assembly", context.TextAt("train.assembly"));
        CheckFile("train.python", "interpreter", Program(context.TextAt("train.python")));
        var folder = context.TextAt("train.working_directory");
        if (folder is not null && !Directory.Exists(context.Paths.Resolve(folder)))
            Missing("train.working_directory", "folder", folder, context.Paths.Resolve(folder));
        else
            CheckFile("train.command.0", "program", Program(context.TextAt("train.command.0")), folder);
        foreach (var (name, source) in DatasetChecks.Written(context))
            CheckDataset(name, source);
    }

    private void CheckFile(string path, string noun, string? written, string? folder = null)
    {
        if (written is null)
            return;
        var file = Path.GetFullPath(written, context.Paths.Resolve(folder ?? "."));
        if (!File.Exists(file) && !(path == "train.python" && Directory.Exists(file))) // an environment's folder
            Missing(path, noun, written, file);
    }

    private void CheckDataset(string name, MappingNode source)
    {
        if (source.Entries.FirstOrDefault(entry => entry.Key.Text == "path").Value is not ScalarNode { IsNull: false, Text: { Length: > 0 } written } node || written.Contains('\0', StringComparison.Ordinal))
            return;
        var folder = context.Paths.Resolve(written);
        if (!Directory.Exists(folder))
            context.Error(DefinitionDiagnostics.DatasetNotFound, $"the folder of the dataset {name} {Fault(folder)}", node);
        else if (TaskChecks.TaskOf(context) == TaskKind.TorchSharp && !File.Exists(Path.Combine(folder, "dataset.json")))
            context.Error(DefinitionDiagnostics.DatasetNotFound, $"the folder of the dataset {name} holds no dataset.json: {folder}", node);
    }

    private void Missing(string path, string noun, string written, string resolved) =>
        context.Error(DefinitionDiagnostics.FileNotFound, $"the {noun} {ScalarNode.Quote(written)} {Fault(resolved)}", context.NodeAt(path)!);

    // A bare name is looked up on PATH when it runs; one with a placeholder differs from trial to trial.
    private static string? Program(string? program) =>
        program is not null && DefinitionPaths.IsPath(program) && !Placeholders.In(program).Any() ? program : null;

    /// <summary>What is wrong with a path at which there is not what there should be.</summary>
    private static string Fault(string path) =>
        Directory.Exists(path) ? $"is a folder, not a file: {path}" : File.Exists(path) ? $"is a file, not a folder: {path}" : $"does not exist: {path}{Nearest(path)}";

    private static string Nearest(string path)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(parent))
            return "";
        try
        {
            var neighbours = Directory.EnumerateFileSystemEntries(parent).Take(MostNeighbours).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).ToArray();
            return Spelling.Nearest(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), neighbours) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // only the suggestion is lost
        }
    }
}
