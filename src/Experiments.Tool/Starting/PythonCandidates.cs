using Experiments.PyTorch.Running;

namespace Experiments.Tool.Starting;

/// <summary>Finds the Python scripts of a project that train.</summary>
/// <param name="folder">The folder, absolute.</param>
/// <param name="files">Its files, relative to it.</param>
internal sealed class PythonCandidates(string folder, IReadOnlyList<string> files)
{
    private const int MostImports = 60;
    private static readonly string[] Likely = ["train", "run", "main", "finetune", "fine_tune", "pretrain", "fit"];
    private static readonly string[] Unlikely = ["eval", "test", "infer", "predict", "demo", "export", "convert", "plot", "visual", "bench", "prepare", "download", "sample", "generate"];
    private readonly HashSet<string> _files = [.. files];
    private readonly Dictionary<string, PythonSource> _sources = new(StringComparer.Ordinal);

    /// <summary>The scripts that load and train and are run by themselves, in any order.</summary>
    public IEnumerable<Candidate> Find() =>
        files.Where(file => file.EndsWith(".py", StringComparison.OrdinalIgnoreCase) && !IsTest(file)).Select(file => Look(file, isNamed: false)).OfType<Candidate>();

    /// <summary>What is known of one script.</summary>
    /// <param name="file">The script, relative to the folder.</param>
    /// <param name="isNamed">Whether the user named it, so that nothing is asked of it.</param>
    public Candidate? Look(string file, bool isNamed)
    {
        var script = SourceOf(file);
        if (!isNamed && !script.IsEntry)
            return null;
        var sources = WithImports(file);
        var loads = sources.FirstOrDefault(source => source.Source.Loads);
        var trains = sources.FirstOrDefault(source => source.Source.Trains);
        if (!isNamed && (loads.Source is null || (trains.Source is null && !IsLikely(file))))
            return null;
        List<PythonSource> read = [.. sources.Select(source => source.Source)];
        var workers = WorkersArgument.Find(read, WorkersArgument.IsHydra(read) ? Configuration(file) : new Dictionary<string, string>());
        var commands = Subcommand.All(read);
        var command = Subcommand.ThatTrains(commands);
        var reason = loads.Source is null ? "you named it" : loads.File == file ? "it makes a DataLoader or has a trainer that does" : $"it loads data by {loads.File}";
        return AsModule(file, script, new Candidate
        {
            File = file,
            Reason = reason + (workers.Count > 0 ? $", and takes {workers[0].Split('=')[0]}" : ", and takes no option for its workers: the probe steers them"),
            Weight = (loads.File == file ? 2 : 0) + (trains.File == file ? 3 : 0) + (workers.Count > 0 ? 1 : 0) + (IsLikely(file) ? 4 : 0) - (IsUnlikely(file) ? 5 : 0) - (2 * file.Count(letter => letter == '/')),
            Arguments = command is null ? workers : [command, .. workers],
            Required = [.. commands.Count > 0 && command is null ? [$"one of its commands {string.Join(", ", commands)}"] : Array.Empty<string>(), .. WorkersArgument.Required(read)],
        });
    }

    private static bool IsTest(string file) =>
        file.Split('/') is var parts && (parts.SkipLast(1).Any(part => part is "tests" or "test" or "docs") || parts[^1].StartsWith("test_", StringComparison.Ordinal)
            || parts[^1].EndsWith("_test.py", StringComparison.Ordinal) || parts[^1] is "setup.py" or "conftest.py" or "hubconf.py");

    private static bool IsLikely(string file) => Likely.Any(word => Stem(file).Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsUnlikely(string file) => Unlikely.Any(word => Stem(file).Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A package's <c>__main__</c> is named by its package.</summary>
    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file) is "__main__" ? "main" : Path.GetFileNameWithoutExtension(file);

    /// <summary>A file that imports its package, relatively or by name, does not run by its path.</summary>
    private Candidate AsModule(string file, PythonSource script, Candidate candidate)
    {
        if (ModuleName.Of(Path.Combine(folder, file), script.ImportsRelatively) is not var (module, home))
            return candidate;
        var top = module.Split('.')[0];
        return script.ImportsRelatively || Path.GetFileName(file) == "__main__.py" || script.Imports.Any(import => import == top || import.StartsWith(top + ".", StringComparison.Ordinal))
            ? candidate with { Module = module, PackageFolder = Path.GetRelativePath(folder, home).Replace(Path.DirectorySeparatorChar, '/') is var place && place == "." ? "" : place, Reason = $"{candidate.Reason}; it is run as python -m {module}" }
            : candidate;
    }

    private PythonSource SourceOf(string file)
    {
        if (!_sources.TryGetValue(file, out var source))
            _sources[file] = source = new PythonSource(ProjectFiles.Text(Path.Combine(folder, file)));
        return source;
    }

    /// <summary>A script and the project's own files that it imports, near ones first.</summary>
    private List<(string File, PythonSource Source)> WithImports(string file)
    {
        var found = new List<(string File, PythonSource Source)> { (file, SourceOf(file)) };
        for (var next = 0; next < found.Count && found.Count < MostImports; next++)
        {
            var home = found[next].File.Contains('/', StringComparison.Ordinal) ? found[next].File[..found[next].File.LastIndexOf('/')] : "";
            foreach (var import in found[next].Source.Imports.SelectMany(import => Places(import, home)).Where(place => _files.Contains(place) && found.TrueForAll(known => known.File != place)))
                found.Add((import, SourceOf(import)));
        }

        return found;
    }

    private static IEnumerable<string> Places(string import, string home)
    {
        var dots = import.Length - import.TrimStart('.').Length;
        var path = import[dots..].Replace('.', '/');
        var starts = dots == 0 ? FoldersOf(home) : [string.Join('/', home.Split('/').SkipLast(dots - 1))];
        foreach (var start in starts)
        {
            var place = string.Join('/', new[] { start, path }.Where(part => part.Length > 0));
            yield return place + ".py";
            yield return place + "/__init__.py";
        }
    }

    private static IEnumerable<string> FoldersOf(string home)
    {
        for (var at = home; at.Length > 0; at = at.Contains('/', StringComparison.Ordinal) ? at[..at.LastIndexOf('/')] : "")
            yield return at;
        yield return "";
        yield return "src";
    }

    /// <summary>The configuration that lies beside a script of Hydra: in the folder that it names, else in one with a usual name.</summary>
    private Dictionary<string, string> Configuration(string file)
    {
        var home = file.Contains('/', StringComparison.Ordinal) ? file[..(file.LastIndexOf('/') + 1)] : "";
        var named = HydraFolder.Named(SourceOf(file).Code);
        string[] places = named is not null ? [HydraFolder.Combine(home, named)] : [home + "conf", home + "config", home + "configs", "conf", "config", "configs"];
        var place = Array.Find(places, place => files.Any(other => IsIn(other, place))) ?? places[0];
        return files.Where(other => IsIn(other, place) && Path.GetExtension(other) is ".yaml" or ".yml" && IsIn(other, place)).Take(500)
            .ToDictionary(other => other[(place.Length > 0 ? place.Length + 1 : 0)..other.LastIndexOf('.')], other => ProjectFiles.Text(Path.Combine(folder, other)), StringComparer.Ordinal);
    }

    private static bool IsIn(string file, string place) => place.Length == 0 || file.StartsWith(place + "/", StringComparison.Ordinal);
}
