using System.Text.RegularExpressions;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>The exceptions that Python printed on standard error.</summary>
internal sealed partial class StandardErrorText
{
    /// <summary>Launchers that report a child's failure after the child has told its own.</summary>
    private static readonly string[] Wrappers = ["ChildFailedError", "CalledProcessError", "ProcessRaisedException"];

    /// <summary>What other processes of the trial print when the one that failed is gone.</summary>
    private static readonly string[] Aftermath =
        ["BrokenPipeError", "ConnectionResetError", "ConnectionRefusedError", "EOFError", "KeyboardInterrupt"];

    private readonly string _text;

    /// <param name="text">Standard error as it was written: colours, the ranks before each line and the frames around a traceback are left out.</param>
    /// <param name="recorded">The exception that the probe saw, for a script that prints none; null where it saw none.</param>
    public StandardErrorText(string text, ScriptException? recorded = null)
    {
        _text = Decoration().Replace(text.Replace("\0", "", StringComparison.Ordinal), ""); // torch's signal handlers write their terminating zero too
        Exceptions = [.. Parse(_text)];
        if (Exceptions.Count == 0 && recorded is { Type.Length: > 0 })
            Exceptions = [.. Parse($"Traceback (most recent call last)\n{recorded.Type}: {recorded.Message}")];
    }

    /// <summary>All exceptions, in the order of the text; a chain gives several.</summary>
    public IReadOnlyList<ScriptException> Exceptions { get; }

    /// <summary>The exception that ended the script: the last that is neither a launcher's nor an aftermath.</summary>
    public ScriptException? Final =>
        Exceptions.LastOrDefault(exception => !IsAny(exception, Wrappers) && !IsAny(exception, Aftermath) && !FailurePatterns.OtherRankGone.IsMatch(exception.Message)) ?? (Exceptions.Count > 0 ? Exceptions[^1] : null);

    /// <summary>The first line of an exception that matches; null where none does.</summary>
    public string? ExceptionLike(Regex pattern) =>
        Exceptions.Select(exception => exception.Message.Length == 0 ? exception.Type : $"{exception.Type}: {exception.Message}").FirstOrDefault(line => pattern.IsMatch(line));

    /// <summary>The first line of the text that matches; null where none does.</summary>
    public string? LineLike(Regex pattern) => _text.Split('\n').FirstOrDefault(line => pattern.IsMatch(line))?.Trim();

    /// <summary>The last line of the text that matches; null where none does.</summary>
    public string? LastLineLike(Regex pattern) => _text.Split('\n').LastOrDefault(line => pattern.IsMatch(line))?.Trim();

    /// <summary>Whether a line of the text matches.</summary>
    public bool HasLineLike(Regex pattern) => LineLike(pattern) is not null;

    /// <summary>The lines from the first that matches up to the first that matches the end, this one left out.</summary>
    public IEnumerable<string> LinesLike(Regex first, Regex end) =>
        _text.Split('\n').SkipWhile(line => !first.IsMatch(line)).TakeWhile(line => !end.IsMatch(line));

    /// <summary>The exception that ended the script, after those that it was raised from or in the handling of.</summary>
    public IReadOnlyList<ScriptException> FinalChain
    {
        get
        {
            if (Final is not { } final)
                return [];
            var last = Exceptions.ToList().LastIndexOf(final);
            var first = last;
            while (first > 0 && Exceptions[first].RaisedFromPrevious)
                first--;
            return [.. Exceptions.Skip(first).Take(last - first + 1)];
        }
    }

    private static bool IsAny(ScriptException exception, string[] names) =>
        names.Any(name => exception.Type == name || exception.Type.EndsWith('.' + name, StringComparison.Ordinal));

    private static IEnumerable<ScriptException> Parse(string text)
    {
        var (inTraceback, chained) = (false, false);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            chained |= line.Contains("The above exception was the direct cause of", StringComparison.Ordinal)
                || line.Contains("During handling of the above exception", StringComparison.Ordinal);
            if (line.Contains("Traceback (most recent call last)", StringComparison.Ordinal))
            {
                inTraceback = true;
                continue;
            }

            var match = ExceptionLine().Match(line);
            if (match.Success && (inTraceback || match.Groups["type"].Value is "SyntaxError" or "IndentationError" or "TabError"))
            {
                inTraceback = false;
                yield return new ScriptException(match.Groups["type"].Value, match.Groups["message"].Value.Trim()) { RaisedFromPrevious = chained };
                chained = false;
            }
        }
    }

    /// <summary>Colours; torch's <c>[rank0]: </c> and a launcher's <c>[default0]:</c>; the bar of an exception group.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|^\[(rank|default|local_rank)?\d+\]:[ ]?|^[ ]+\|[ ](?=\S)", RegexOptions.Multiline)]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^(?<type>[A-Za-z_][\w.]*)(?::(?<message>.*))?$")]
    private static partial Regex ExceptionLine();
}
