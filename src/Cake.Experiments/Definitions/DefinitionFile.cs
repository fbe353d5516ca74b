using System.Text;
using Cake.Core;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.Experiments.Definitions;

/// <summary>Keeps the definition file of an experiment that is written in C#.</summary>
internal static class DefinitionFile
{
    /// <summary>Where the definition of an experiment lies.</summary>
    public static FilePath Of(string experiment, ICakeEnvironment environment) =>
        new FilePath($".experiments/definitions/{experiment}.json").MakeAbsolute(environment);

    /// <summary>Writes the definition, unless the file holds it already: its time tells builds whether anything changed.</summary>
    public static FilePath Write(ExperimentContent experiment, ICakeEnvironment environment)
    {
        var file = Of(experiment.Name, environment);
        var folder = file.GetDirectory();
        var text = new DefinitionJson(
            path => Relative(folder, path.MakeAbsolute(environment).FullPath),
            path => Relative(folder, path.MakeAbsolute(environment).FullPath)).Write(experiment);

        if (File.Exists(file.FullPath) && File.ReadAllText(file.FullPath) == text)
            return file;
        Directory.CreateDirectory(folder.FullPath);
        var temporary = $"{file.FullPath}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, file.FullPath, overwrite: true);
        return file;
    }

    private static string Relative(DirectoryPath folder, string path) => Path.GetRelativePath(folder.FullPath, path).Replace('\\', '/');
}
