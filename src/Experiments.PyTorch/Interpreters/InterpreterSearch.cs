namespace Experiments.PyTorch.Interpreters;

/// <summary>
/// Finds the interpreter that the user would expect: the one named, the active virtual environment's, conda's, the
/// project's <c>.venv</c>, then <c>python3</c> and <c>python</c> on <c>PATH</c>.
/// </summary>
public static class InterpreterSearch
{
    /// <summary>The first candidate that exists; null where there is none. An interpreter that is named but missing is not replaced.</summary>
    /// <param name="context">What decides.</param>
    /// <param name="exists">Whether a file exists; null: asks the file system.</param>
    public static Interpreter? Find(InterpreterContext context, Func<string, bool>? exists = null) =>
        Candidates(context).FirstOrDefault(candidate => (exists ?? File.Exists)(candidate.File));

    /// <summary>All places that are looked at, in order.</summary>
    /// <param name="context">What decides.</param>
    public static IEnumerable<Interpreter> Candidates(InterpreterContext context)
    {
        if (!string.IsNullOrEmpty(context.Python))
            return Named(context.Python, context).Select(file => new Interpreter(file, InterpreterSource.Definition));
        return InEnvironment(context, "VIRTUAL_ENV", InterpreterSource.VirtualEnvironment)
            .Concat(InEnvironment(context, "CONDA_PREFIX", InterpreterSource.Conda))
            .Concat(InEnvironment(context, "UV_PROJECT_ENVIRONMENT", InterpreterSource.ProjectEnvironment))
            .Concat(FoldersAbove(context.Script).SelectMany(folder => Programs(Path.Combine(folder, ".venv")))
                .Select(file => new Interpreter(file, InterpreterSource.ProjectEnvironment)))
            .Concat(OnPath("python3", context).Concat(OnPath("python", context))
                .Select(file => new Interpreter(file, InterpreterSource.Path)));
    }

    private static IEnumerable<string> Named(string python, InterpreterContext context)
    {
        if (Path.GetFileName(python) == python)
            return OnPath(python, context);
        var full = Path.GetFullPath(python, context.BaseFolder);
        return Programs(full).Prepend(full);
    }

    private static IEnumerable<Interpreter> InEnvironment(InterpreterContext context, string variable, InterpreterSource source) =>
        context.Environment.TryGetValue(variable, out var folder) && folder.Length > 0
            ? Programs(Path.GetFullPath(folder, context.BaseFolder)).Select(file => new Interpreter(file, source))
            : [];

    private static IEnumerable<string> Programs(string environment) => OperatingSystem.IsWindows()
        ? [Path.Combine(environment, "Scripts", "python.exe"), Path.Combine(environment, "python.exe")]
        : [Path.Combine(environment, "bin", "python"), Path.Combine(environment, "bin", "python3")];

    private static IEnumerable<string> OnPath(string name, InterpreterContext context) =>
        context.Environment.GetValueOrDefault("PATH", "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() && !Path.HasExtension(name) ? name + ".exe" : name));

    private static IEnumerable<string> FoldersAbove(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
