using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>What the parsers of command lines say of arguments that they do not take: argparse, click and Typer, absl, Fire, Transformers, Hydra, getopt.</summary>
internal sealed partial class UsageFailure(TrialEvidence evidence, StandardErrorText stderr)
{
    private const int Usage = 2;

    public TrialDiagnosis? Find()
    {
        if (evidence.Record.Steps > 0 || evidence.ExitCode is not (1 or Usage))
            return null;
        var line = (evidence.ExitCode == Usage ? stderr.LastLineLike(ParserError()) : null) ?? stderr.LastLineLike(Refusal()) ?? stderr.ExceptionLike(Refusal());
        if (line is null || (evidence.ExitCode == Usage && !stderr.HasLineLike(UsageText()) && !Refusal().IsMatch(line)))
            return null;
        return PyTorchDiagnostics.UnknownArgument.Because(line.Trim('│', ' ', '|'), Remedy(line));
    }

    private string Remedy(string line)
    {
        if (Required().Match(line) is { Success: true } required)
            return $"args: [{required.Groups["names"].Value}, …]   # the script needs it besides";
        if (HydraKey().Match(line) is { Success: true } key)
            return $"{Script} --cfg job   # the keys of the script's own configuration; without {key.Groups["name"].Value} in args the probe sets what is a loader's";
        var unknown = Unknown().Match(line) is { Success: true } match ? OptionName().Matches(match.Value).Select(one => one.Value).FirstOrDefault() : null;
        if (unknown is null)
            return $"{Script} --help   # what it takes";
        var value = Template(unknown);
        return Likest(unknown) is { } own
            ? $"args: [{own}{(value is null ? "" : $", \"{value}\"")}]   # the script's own name for it, in place of {unknown}; or without it: the probe sets what is a loader's"
            : $"args: […]   # without {unknown}{(value is null ? "" : $" and \"{value}\"")}: the script has no such option; the probe sets what is a loader's";
    }

    private string Script => string.Join(' ', evidence.Command.Take(2).Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word));

    /// <summary>The option of the script that is meant: one has all the words of the other, or is spelled almost alike.</summary>
    private string? Likest(string unknown)
    {
        var known = stderr.LinesLike(UsageText(), ParserError()).SelectMany(text => OptionName().Matches(text)).Select(match => match.Value)
            .Where(option => option.StartsWith("--", StringComparison.Ordinal) && option is not "--help" && option != unknown).Distinct().ToList();
        var words = Words(unknown);
        return known.FirstOrDefault(option => Words(option) is var own && (own.IsSubsetOf(words) || words.IsSubsetOf(own))) ?? Spelling.Nearest(unknown, known);
    }

    private static HashSet<string> Words(string option) =>
        [.. option.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToLowerInvariant())];

    /// <summary>What the definition gives with an option: the template behind it.</summary>
    private string? Template(string option)
    {
        var arguments = evidence.ArgumentTemplates;
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == option)
                return index + 1 < arguments.Count && !arguments[index + 1].StartsWith('-') ? arguments[index + 1] : null;
            if (arguments[index].StartsWith(option + "=", StringComparison.Ordinal))
                return arguments[index][(option.Length + 1)..];
        }

        return null;
    }

    /// <summary>The last line of argparse, optparse and what is built upon them.</summary>
    [GeneratedRegex(@"^[^\s:][^:]*: error: \S")]
    private static partial Regex ParserError();

    [GeneratedRegex(@"^\s*usage:", RegexOptions.IgnoreCase)]
    private static partial Regex UsageText();

    [GeneratedRegex(@"No such option:? -|Got unexpected extra argument|Missing (option|argument|parameter) '|^Error: Invalid value for|Unknown command line flag '|Could not consume arg: |not used by the HfArgumentParser|Could not override '|GetoptError: option \S+ not recognized|[Uu]nrecognized arguments?: ")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"([Uu]nrecognized arguments?: |[Nn]o such option:? |Unknown command line flag |Could not consume arg: |HfArgumentParser: |option )\S.*")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"the following arguments are required: (?<names>.+)$|Missing (option|argument|parameter) '(?<names>[^']+)'")]
    private static partial Regex Required();

    [GeneratedRegex(@"Could not override '(?<name>[^']+)'")]
    private static partial Regex HydraKey();

    [GeneratedRegex(@"(?<![\w-])--?[A-Za-z][\w.-]*")]
    private static partial Regex OptionName();
}
