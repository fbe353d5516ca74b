namespace Experiments.Engine.Definitions;

/// <summary>Makes the paths of a definition absolute.</summary>
internal sealed class DefinitionPaths
{
    /// <summary>Paths of the definition in a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    public DefinitionPaths(string file) => Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? Path.GetFullPath(".");

    /// <summary>The definition's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>A path that is relative to the definition.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A program: a path is relative to the trial's working directory, a bare name is left for PATH.</summary>
    public string ResolveProgram(string program, string? workingDirectory) =>
        IsPath(program) ? Path.GetFullPath(program, workingDirectory is null ? Folder : Resolve(workingDirectory)) : program;

    /// <summary>Whether a program is named by a path rather than by a bare name.</summary>
    public static bool IsPath(string program) => program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
