using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;
using Experiments.Engine.Definitions.Keys;

namespace Experiments.Engine.Definitions.Checks;

/// <summary>Checks that the files and folders that a definition names are there.</summary>
internal sealed class FileChecks(ReadingContext context, DefinitionPaths paths)
{
    private const int MostNeighbours = 1000;

    public void Check(Section root)
    {
        var train = root.Under("train");
        CheckFile("train.pytorch", "script", train.Text(TaskNames.PyTorch), paths.Resolve);
        CheckFile("train.assembly", "assembly", train.Text("assembly"), paths.Resolve);
        CheckFile("train.python", "interpreter", Program(train.Text("python")), paths.Resolve);
        if (train.Text("working_directory") is { } folder && !Directory.Exists(paths.Resolve(folder)))
            Missing("train.working_directory", "folder", folder, paths.Resolve(folder));
        else
            CheckFile("train.command.0", "program", Program(train.Texts(TaskNames.Command) is [var first, ..] ? first : null), program => paths.ResolveProgram(program, train.Text("working_directory")));
        foreach (var (name, source) in DatasetChecks.Written(context))
            CheckDataset(name, source);
    }

    private void CheckFile(string path, string noun, string? written, Func<string, string> resolve)
    {
        if (written is not null && !File.Exists(resolve(written)) && !(path == "train.python" && Directory.Exists(resolve(written)))) // an environment's folder
            Missing(path, noun, written, resolve(written));
    }

    private void CheckDataset(string name, MappingNode source)
    {
        if (source.Entries.FirstOrDefault(entry => entry.Key.Text == "path").Value is not ScalarNode { IsNull: false, Text: { Length: > 0 } written } node || written.Contains('\0', StringComparison.Ordinal))
            return;
        var folder = paths.Resolve(written);
        if (!Directory.Exists(folder))
            context.Error(DefinitionDiagnostics.DatasetNotFound, $"the folder of the dataset {name} does not exist: {folder}{Nearest(folder)}", node);
        else if (TaskChecks.TaskOf(context) == TaskNames.TorchSharp && !File.Exists(Path.Combine(folder, "dataset.json")))
            context.Error(DefinitionDiagnostics.DatasetNotFound, $"the folder of the dataset {name} holds no dataset.json: {folder}", node);
    }

    private void Missing(string path, string noun, string written, string resolved) =>
        context.Error(DefinitionDiagnostics.FileNotFound, $"the {noun} {ScalarNode.Quote(written)} does not exist: {resolved}{Nearest(resolved)}", context.NodeAt(path)!);

    // A bare name is looked up on PATH when it runs; one with a placeholder differs from trial to trial.
    private static string? Program(string? program) =>
        program is not null && DefinitionPaths.IsPath(program) && !PlaceholderChecks.In(program).Any() ? program : null;

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
