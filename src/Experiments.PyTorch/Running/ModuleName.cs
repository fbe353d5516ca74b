namespace Experiments.PyTorch.Running;

/// <summary>What <c>python -m</c> calls a file, and from where.</summary>
public static class ModuleName
{
    private const string PackageMark = "__init__.py";

    /// <summary>The module that a file is: its package's folders, from the first that is no package itself.</summary>
    /// <param name="file">Absolute path of the file.</param>
    /// <param name="isInPackage">Whether it is known to be in a package, which may be one without <c>__init__.py</c>.</param>
    /// <returns>The name, <c>pkg.train</c>, and the folder to run it from; null where the file is in no package, or its name is no module's.</returns>
    public static (string Module, string Folder)? Of(string file, bool isInPackage = false)
    {
        var folder = Path.GetDirectoryName(file);
        var parts = new List<string> { Path.GetFileNameWithoutExtension(file) };
        while (folder is not null && Path.GetFileName(folder).Length > 0 && (File.Exists(Path.Combine(folder, PackageMark)) || (isInPackage && parts.Count == 1)))
        {
            parts.Insert(0, Path.GetFileName(folder));
            folder = Path.GetDirectoryName(folder);
        }

        if (folder is null || parts.Count == 1 || parts.Exists(part => part.AsSpan().ContainsAny(". :\t")))
            return null;
        return (string.Join('.', parts[^1] == "__main__" ? parts.SkipLast(1) : parts), folder);
    }

    /// <summary>The nearest folder above that holds a package or module.</summary>
    /// <param name="folder">Where to begin; it is not looked at itself.</param>
    /// <param name="name">The package, or the module's file without its ending.</param>
    public static string? FolderAbove(string folder, string name)
    {
        for (var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)); above is not null; above = Path.GetDirectoryName(above))
        {
            foreach (var place in new[] { above, Path.Combine(above, "src") })
                if (File.Exists(Path.Combine(place, name + ".py")) || (Directory.Exists(Path.Combine(place, name)) && Directory.EnumerateFiles(Path.Combine(place, name), "*.py").Any()))
                    return place;
        }

        return null;
    }
}
