using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Experiments.Core.Diagnostics;

namespace Experiments.Tool.Commands;

/// <summary>What is wrong with a command line, in the words of people: the parser's own name .NET types.</summary>
internal static class UsageMistakes
{
    /// <summary>The mistakes, in the order of the command line; empty where there is none.</summary>
    /// <param name="parsed">The command line.</param>
    public static IReadOnlyList<Diagnostic> Of(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction)
            return []; // nothing is wrong, or help is asked for
        var unmatched = parsed.UnmatchedTokens.Select(token => Unknown(token, parsed.CommandResult.Command));
        var others = parsed.Errors.SelectMany(error => error.SymbolResult switch
        {
            OptionResult option => [Value(option.Option.Name, option.Option.ValueType, Texts(option), option.Option.Arity, option.Option.GetCompletions(CompletionContext.Empty)) ?? error.Message],
            ArgumentResult { Parent: OptionResult option } => [Value(option.Option.Name, option.Option.ValueType, Texts(option), option.Option.Arity, option.Option.GetCompletions(CompletionContext.Empty)) ?? error.Message],
            ArgumentResult { Argument: var argument } given => [Value(argument.Name, argument.ValueType, Texts(given), argument.Arity, argument.GetCompletions(CompletionContext.Empty)) ?? error.Message],
            CommandResult command => parsed.UnmatchedTokens.Count > 0 ? [] : Missing(command.Command).DefaultIfEmpty(error.Message),
            _ => new[] { error.Message },
        });
        return [.. unmatched.Concat(others).Distinct().Select(mistake => DefinitionDiagnostics.Usage.Error($"{mistake} (experiments {Path(parsed.CommandResult)}--help)"))];
    }

    /// <summary>What an unknown word is told, by its looks: an option, a command, or an argument too many.</summary>
    /// <param name="word">The word.</param>
    /// <param name="command">The command that it was given to.</param>
    public static string Unknown(string word, Command command) =>
        word.StartsWith('-') ? $"unknown option \"{word}\"{Spelling.Suggestion(word, "options", [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)])}"
        : command.Subcommands.Count > 0 ? $"unknown command \"{word}\"{Spelling.Suggestion(word, "commands", [.. Shown(command)])}"
        : $"\"{word}\" is one argument too many";

    private static string? Value(string name, Type type, string[] values, ArgumentArity arity, IEnumerable<CompletionItem> completions)
    {
        string[] words = [.. completions.Select(completion => completion.Label)];
        var (kind, isValid) = KindOf(Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type);
        return values switch
        {
            _ when values.Length < arity.MinimumNumberOfValues => $"{name} needs a value: {(words.Length > 0 ? string.Join(", ", words) : kind)}",
            _ when values.Length > arity.MaximumNumberOfValues => $"{name} is given more than once, {string.Join(" and ", values)}; it takes one",
            _ when words.Length > 0 && Array.Find(values, value => !words.Contains(value, StringComparer.OrdinalIgnoreCase)) is { } wrong => $"{name} is \"{wrong}\"{Spelling.Suggestion(wrong, "values", words)}",
            _ when Array.Find(values, value => !isValid(value)) is { } wrong => $"{name} is \"{wrong}\"; expected {kind}",
            _ => null,
        };
    }

    private static (string Name, Func<string, bool> IsValid) KindOf(Type type) =>
        type == typeof(int) ? ("a whole number up to 2147483647", text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        : type == typeof(long) ? ("a whole number", text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        : type == typeof(bool) ? ("true or false", text => bool.TryParse(text, out _))
        : type.IsEnum ? (string.Join(", ", Enum.GetNames(type)), text => Enum.TryParse(type, text, ignoreCase: true, out _))
        : ("a text", _ => true);

    private static string[] Missing(Command command) =>
        command.Subcommands.Count > 0 ? [$"a command is missing; valid commands: {string.Join(", ", Shown(command))}"] : [];

    private static IEnumerable<string> Shown(Command command) => command.Subcommands.Where(below => !below.Hidden).Select(below => below.Name);

    private static string[] Texts(SymbolResult result) => [.. result.Tokens.Select(token => token.Value)];

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult above ? $"{Path(above)}{command.Command.Name} " : "";
}
