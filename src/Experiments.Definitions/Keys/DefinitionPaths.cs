namespace Experiments.Definitions.Keys;

/// <summary>Makes the paths of a definition absolute, and relative again.</summary>
/// <param name="folder">The folder that they are relative to; absolute.</param>
internal sealed class DefinitionPaths(string folder)
{
    /// <summary>Where no path is read or written.</summary>
    public static DefinitionPaths None { get; } = new(Path.GetFullPath("."));

    /// <summary>The definition's folder, absolute.</summary>
    public string Folder { get; } = folder;

    /// <summary>Paths of the definition in a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    public static DefinitionPaths Of(string file) => new(Path.GetDirectoryName(Path.GetFullPath(file)) ?? Path.GetFullPath("."));

    /// <summary>A program: a path is relative to a folder, a bare name is left for PATH.</summary>
    public static string Program(string program, string folder) => IsPath(program) ? Path.GetFullPath(program, folder) : program;

    /// <summary>Whether a program is named by a path rather than by a bare name.</summary>
    public static bool IsPath(string program) => program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A path that is relative to the definition.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path as the definition would write it.</summary>
    public string Relative(string path) => Path.GetRelativePath(Folder, path).Replace('\\', '/');
}
