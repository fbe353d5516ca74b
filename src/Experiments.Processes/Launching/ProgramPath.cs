namespace Experiments.Processes.Launching;

/// <summary>Finds programs as a shell does, but says precisely why one cannot be started.</summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a program.</summary>
    /// <param name="program">A name to look up in <c>PATH</c>, or a path; a relative one starts at the working directory.</param>
    /// <param name="workingDirectory">Absolute working directory of the process to be.</param>
    /// <param name="environment">Its environment.</param>
    /// <exception cref="LaunchException">There is no such program, or it may not be executed.</exception>
    internal static string Resolve(string program, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        if (!Directory.Exists(workingDirectory))
            throw new LaunchException(program, $"the working directory '{workingDirectory}' does not exist");
        if (program.Length == 0)
            throw new LaunchException(program, "the command is empty");
        if (program.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(program))
            return Checked(program, Path.GetFullPath(program, workingDirectory));

        var folders = environment.TryGetValue("PATH", out var path) ? path : "";
        string? forbidden = null;
        foreach (var folder in folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var name in OperatingSystem.IsWindows() ? [program, program + ".exe"] : new[] { program })
            {
                var candidate = Path.Combine(Path.GetFullPath(folder, workingDirectory), name);
                if (!File.Exists(candidate))
                    continue;
                if (IsExecutable(candidate))
                    return candidate;
                forbidden ??= candidate;
            }
        }

        throw new LaunchException(program, forbidden is null
            ? $"no such program in PATH ({folders})"
            : $"'{forbidden}' is not executable; set its rights with chmod +x");
    }

    private static string Checked(string program, string path)
    {
        if (Directory.Exists(path))
            throw new LaunchException(program, $"'{path}' is a folder");
        if (!File.Exists(path))
            throw new LaunchException(program, $"'{path}' does not exist");
        return IsExecutable(path) ? path : throw new LaunchException(program, $"'{path}' is not executable; set its rights with chmod +x");
    }

    private static bool IsExecutable(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
