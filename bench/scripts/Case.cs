using System.Globalization;

namespace Experiments.Bench.Scripts;

/// <summary>A script of the corpus and what is right of it, as the lines <c>#: key value</c> at its top say.</summary>
internal sealed record Case
{
    private readonly ILookup<string, string> _head;

    private Case(string name, ILookup<string, string> head) => (Name, _head) = (name, head);

    public string Name { get; }

    /// <summary>The script that is swept: this one, unless it says another.</summary>
    public string Script => One("script") ?? Name + ".py";

    public int Steps => int.Parse(One("steps") ?? "30", CultureInfo.InvariantCulture);

    /// <summary>The numbers of workers swept; empty: the script's own.</summary>
    public IReadOnlyList<int> Workers => One("workers") switch
    {
        null => [2],
        "none" => [],
        var text => [.. text.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))],
    };

    /// <summary>Lines for the definition's <c>train</c>.</summary>
    public IEnumerable<string> Train => _head["train"];

    /// <summary>A key for the definition's <c>limits</c>.</summary>
    public string? Limits => One("limits");

    /// <summary>Whether the rate may be the script's own, may be said to be unknown, or there is none since the script fails.</summary>
    public IReadOnlyList<string> Rate => (One("rate") ?? "own").Split(" or ");

    /// <summary>What an error must match, <c>-</c>: or no error at all; null: no error.</summary>
    public string? Cause => One("cause");

    /// <summary>What a remedy must match.</summary>
    public string? Remedy => One("remedy");

    /// <summary>What no remedy may match.</summary>
    public string? Never => One("never");

    /// <summary>What a warning must match.</summary>
    public string? Warns => One("warns");

    /// <summary><c>own</c>: the number of workers that the script's own clock prefers; else the text of the recommendation.</summary>
    public string? Advice => One("advice");

    /// <summary>The largest percentage that a reason of the advice may claim.</summary>
    public double? Claims => One("claims") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The most trials that may run before the sweep ends.</summary>
    public int? Trials => One("trials") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The exit code of the script itself.</summary>
    public int? ExitCode => One("exit") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>What the script must print to its end.</summary>
    public string? Prints => One("prints");

    /// <summary>A module of Python without which the case cannot run.</summary>
    public string? Needs => One("needs");

    /// <summary>The soft limit of open files.</summary>
    public string? OpenFiles => One("limit") is { } text ? text.Split(' ')[1] : null;

    public bool RunsIn(World world) => One("worlds") is not { } worlds || worlds.Split(' ').Contains(world.Name);

    /// <summary>Reads a script's head; null where it has no docstring, and so is only a part of a case.</summary>
    public static Case? Read(string file)
    {
        var lines = File.ReadLines(file).Take(20).ToList();
        var head = lines.Where(line => line.StartsWith("#: ", StringComparison.Ordinal)).Select(line => line[3..].Split(' ', 2))
            .ToLookup(words => words[0], words => words.Length > 1 ? words[1] : "");
        var name = Path.GetFileNameWithoutExtension(file);
        return name is "own" or "parts" ? null : new Case(name, head);
    }

    private string? One(string key) => _head[key].FirstOrDefault();
}
