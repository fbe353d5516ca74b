using System.Globalization;
using Experiments.Core;
using Experiments.Core.Matrix;

namespace Experiments.Reports.Tracking;

/// <summary>Names of runs and keys of metrics as MLflow takes them.</summary>
internal static class RunNames
{
    private const int LongestKey = 250;

    /// <summary><c>MELD-DA w4 pin #2</c>; further axes as <c>name=value</c>.</summary>
    public static string Of(Configuration configuration, int repeat) =>
        VisibleText.Of(Joined([configuration.Dataset ?? "", Of(configuration), string.Create(CultureInfo.InvariantCulture, $"#{repeat}")]));

    /// <summary><c>w4 pin</c>: a configuration without its dataset.</summary>
    public static string Of(Configuration configuration) => VisibleText.Of(Joined(configuration.Values.Where(value => value.Key != AxisNames.Dataset).Select(value => value.Key switch
    {
        AxisNames.NumWorkers => "w" + value.Value.Text,
        AxisNames.PinMemory => value.Value.AsBoolean() switch { true => "pin", false => "", _ => $"pin={value.Value.Text}" },
        _ => $"{value.Key}={value.Value.Text}",
    })));

    private static string Joined(IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));

    /// <summary>A sweep's: <c>meld-da · 28 Nov 17:49 · pass</c>, by the clock of UTC as the sweep's id.</summary>
    public static string OfSweep(string definition, DateTimeOffset startedAt, string? verdict = null) =>
        VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"{definition} · {startedAt.UtcDateTime:d MMM HH:mm}{(verdict is null ? "" : $" · {verdict}")}"));

    /// <summary>A metric's or param's key: letters that MLflow refuses become <c>_</c>; empty and dotted parts of the path too.</summary>
    public static string Key(string name)
    {
        var parts = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or ' ' or ':' or '/' ? letter : '_'))
            .Split('/').Select(part => part is "" or "." or ".." ? "_" : part);
        var key = string.Join('/', parts);
        return key.Length <= LongestKey ? key : key[..LongestKey].TrimEnd('/');
    }

    /// <summary>A word within a key that box plots can show: no hyphens.</summary>
    public static string KeyWord(string name) => Key(name.Replace('/', '_').Replace('-', '_'));
}
