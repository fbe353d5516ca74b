namespace Experiments.Tool.Starting;

/// <summary>What a look at a project found.</summary>
internal sealed record ProjectLook
{
    /// <summary>How much more must speak for the first than for the second for it to be clear.</summary>
    private const int ClearMargin = 2;

    /// <summary>The folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>What could be swept, the likeliest first.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Notebooks, relative to the folder.</summary>
    public required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>How many Python files were read.</summary>
    public required int Scripts { get; init; }

    /// <summary>The candidate that is clearly meant; null where there is none or several are.</summary>
    public Candidate? Clear => Candidates switch
    {
        [var only] => only,
        [var first, var second, ..] when first.Weight - second.Weight >= ClearMargin => first,
        _ => null,
    };

    /// <summary>Looks through a folder.</summary>
    /// <param name="folder">The folder, absolute.</param>
    public static ProjectLook At(string folder)
    {
        var files = ProjectFiles.Of(folder);
        return new ProjectLook
        {
            Folder = folder,
            Candidates = [.. new PythonCandidates(folder, files).Find().Concat(TorchSharpCandidates.Find(folder, files)).OrderByDescending(candidate => candidate.Weight).ThenBy(candidate => candidate.File, StringComparer.Ordinal)],
            Notebooks = [.. files.Where(file => file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))],
            Scripts = files.Count(file => file.EndsWith(".py", StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>A look that found what is given.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="candidates">What was found.</param>
    public static ProjectLook Of(string folder, IReadOnlyList<Candidate> candidates) => new() { Folder = folder, Candidates = candidates, Notebooks = [], Scripts = 0 };

    /// <summary>Looks at one script that the user named; null where it is none.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="script">The script, relative to it.</param>
    public static ProjectLook? OfScript(string folder, string script) => Path.GetExtension(script).ToLowerInvariant() switch
    {
        ".py" => Of(folder, [new PythonCandidates(folder, ProjectFiles.Of(folder)).Look(script, isNamed: true)!]),
        ".ipynb" => new ProjectLook { Folder = folder, Candidates = [], Notebooks = [script], Scripts = 0 },
        ".csproj" => Of(folder, [.. TorchSharpCandidates.Find(folder, ProjectFiles.Of(folder)).Where(candidate => candidate.File == script)]),
        _ => null,
    };

    /// <summary>How to name a candidate on the command line: its folder where it is the only one there, else its file.</summary>
    /// <param name="candidate">The candidate.</param>
    public string NameOf(Candidate candidate)
    {
        var home = Path.GetDirectoryName(candidate.File)!.Replace(Path.DirectorySeparatorChar, '/');
        return home.Length > 0 && Candidates.Count(other => other.File.StartsWith(home + "/", StringComparison.Ordinal)) == 1 ? home : candidate.File;
    }
}
