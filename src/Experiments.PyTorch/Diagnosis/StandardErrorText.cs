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

    public StandardErrorText(string text)
    {
        _text = text.Replace("\0", "", StringComparison.Ordinal); // torch's signal handlers write their terminating zero too
        Exceptions = [.. Parse(_text)];
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

    private static bool IsAny(ScriptException exception, string[] names) =>
        names.Any(name => exception.Type == name || exception.Type.EndsWith('.' + name, StringComparison.Ordinal));

    private static IEnumerable<ScriptException> Parse(string text)
    {
        var inTraceback = false;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.Contains("Traceback (most recent call last)", StringComparison.Ordinal))
            {
                inTraceback = true;
                continue;
            }

            var match = ExceptionLine().Match(line);
            if (match.Success && (inTraceback || match.Groups["type"].Value is "SyntaxError" or "IndentationError" or "TabError"))
            {
                inTraceback = false;
                yield return new ScriptException(match.Groups["type"].Value, match.Groups["message"].Value.Trim());
            }
        }
    }

    [GeneratedRegex(@"^(?<type>[A-Za-z_][\w.]*)(?::(?<message>.*))?$")]
    private static partial Regex ExceptionLine();
}
