using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>Finds how a script is told its number of workers: by which option, in which spelling. What has none, the probe steers.</summary>
internal static partial class WorkersArgument
{
    private const string Placeholder = "{num_workers}";

    /// <summary>The arguments to write, such as <c>--workers</c> and <c>{num_workers}</c>; empty where the script takes none.</summary>
    /// <param name="sources">The script, then what it imports of the project's own.</param>
    /// <param name="configuration">The configuration files of Hydra, by path without ending; for other scripts empty.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<PythonSource> sources, IReadOnlyDictionary<string, string> configuration)
    {
        string[] used = [.. sources.SelectMany(source => Used().Matches(source.Code)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        if (IsHydra(sources))
            return HydraKey.Find(used, configuration) is { } key ? [$"{key}={Placeholder}"] : [];
        var options = sources.SelectMany(Options).ToList();
        var names = used.Select(name => name.Split('.')[^1]).ToHashSet(StringComparer.Ordinal);
        return (options.Find(option => names.Contains(option.Destination)) ?? options.Find(option => Workers().IsMatch(option.Destination)))?.Arguments ?? [];
    }

    /// <summary>Whether a script is configured by Hydra's overrides, or by OmegaConf's, which are written alike.</summary>
    /// <param name="sources">The script, then what it imports.</param>
    public static bool IsHydra(IEnumerable<PythonSource> sources) =>
        sources.Any(source => source.Code.Contains("hydra.main", StringComparison.Ordinal) || source.Code.Contains("OmegaConf.from_cli", StringComparison.Ordinal));

    /// <summary>Arguments without which the script does not start: positional and required ones of argparse.</summary>
    /// <param name="sources">The script, then what it imports.</param>
    public static IReadOnlyList<string> Required(IEnumerable<PythonSource> sources) =>
    [
        .. sources.SelectMany(source => source.Calls(AddArgument()))
            .Where(call => !call.Contains("nargs=\"?\"", StringComparison.Ordinal) && !call.Contains("nargs=\"*\"", StringComparison.Ordinal) && !call.Contains("nargs='?'", StringComparison.Ordinal) && !call.Contains("nargs='*'", StringComparison.Ordinal))
            .Select(call => (Names: LeadingTexts(call), IsRequired: RequiredMark().IsMatch(call)))
            .Where(argument => argument.Names.Length > 0 && (argument.IsRequired || !argument.Names[0].StartsWith('-')))
            .Select(argument => argument.Names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) ?? argument.Names[0])
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<Option> Options(PythonSource source)
    {
        foreach (var call in source.Calls(AddArgument()).Concat(source.Calls(ClickOption())))
        {
            var texts = LeadingTexts(call);
            var spelling = Array.Find(texts, text => text.StartsWith("--", StringComparison.Ordinal)) ?? Array.Find(texts, text => text.StartsWith('-'));
            var destination = Destination().Match(call) is { Success: true } match ? match.Groups["name"].Value : Array.Find(texts, text => !text.StartsWith('-')) ?? spelling;
            if (spelling is not null && !TakesNoValue().IsMatch(call))
                yield return new Option(Normal(destination!), [spelling.Split('/')[0], Placeholder]);
        }

        foreach (Match flag in AbslFlag().Matches(source.Code))
            yield return new Option(flag.Groups["name"].Value, [$"--{flag.Groups["name"].Value}={Placeholder}"]);
        foreach (Match parameter in Parameter().Matches(source.Code))
        {
            var name = parameter.Groups["name"].Value;
            if (TyperNames().Match(parameter.Value) is { Success: true } written)
                yield return new Option(name, [written.Groups["name"].Value, Placeholder]);
            else if (source.Code.Contains("typer", StringComparison.Ordinal) || source.Code.Contains("tyro.cli", StringComparison.Ordinal))
                yield return new Option(name, ["--" + name.Replace('_', '-'), Placeholder]);
            else if (source.Code.Contains("fire.Fire", StringComparison.Ordinal))
                yield return new Option(name, [$"--{name}={Placeholder}"]);
            else if (source.Code.Contains("HfArgumentParser", StringComparison.Ordinal) || source.Code.Contains("simple_parsing", StringComparison.Ordinal))
                yield return new Option(name, ["--" + name, Placeholder]);
        }

        if (source.Code.Contains("HfArgumentParser", StringComparison.Ordinal) && source.Code.Contains("TrainingArguments", StringComparison.Ordinal))
            yield return new Option("dataloader_num_workers", ["--dataloader_num_workers", Placeholder]);
    }

    /// <summary>The texts with which a call begins: an option's names.</summary>
    private static string[] LeadingTexts(string call) =>
        [.. Leading().Match(call).Groups["text"].Captures.Select(capture => capture.Value)];

    private static string Normal(string name) => name.TrimStart('-').Replace('-', '_');

    private sealed record Option(string Destination, IReadOnlyList<string> Arguments);

    [GeneratedRegex(@"\bnum_workers\s*=\s*(?:int\()?(?<name>[A-Za-z_][\w.]*)(?:\[[""'](?<name>\w+)[""']\])?")]
    private static partial Regex Used();

    [GeneratedRegex(@"\A(?i:(train_|data_?loader_|loader_|data_|dl_)?(num_|n_|n|nb_|number_of_)?(data_?loader_|loader_|data_|dl_)?workers?(_per_(gpu|device))?|nw|n_cpu)\z")]
    private static partial Regex Workers();

    [GeneratedRegex(@"\badd_argument\b")]
    private static partial Regex AddArgument();

    [GeneratedRegex(@"\b(click\.|@)option\b")]
    private static partial Regex ClickOption();

    [GeneratedRegex(@"\bdest\s*=\s*[""'](?<name>\w+)[""']")]
    private static partial Regex Destination();

    [GeneratedRegex(@"\baction\s*=\s*[""']store_(true|false|const)|\bis_flag\s*=\s*True")]
    private static partial Regex TakesNoValue();

    [GeneratedRegex(@"\brequired\s*=\s*True\b")]
    private static partial Regex RequiredMark();

    [GeneratedRegex(@"\bDEFINE_integer\(\s*[""'](?<name>\w+)[""']")]
    private static partial Regex AbslFlag();

    // A parameter or a dataclass's field: `num_workers: int = 4`, `workers: Annotated[int, typer.Option("-w")] = 4`, `num_workers=4` of a function.
    [GeneratedRegex(@"(?<=[(,\n]\s*)(?<name>(?i:\w*workers?))\s*:\s*(Optional\[int|int|Annotated\[)[^\n]*|(?<=def\s+\w+\([^)]*)\b(?<name>(?i:\w*workers?))\s*=\s*\d+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"Option\([^\n]*?[""'](?<name>--[\w-]+)[""']")]
    private static partial Regex TyperNames();

    [GeneratedRegex(@"\A\s*(?:[rRuU]?(?<quote>[""'])(?<text>[^""'\n]*)\k<quote>\s*,?\s*)+")]
    private static partial Regex Leading();
}
