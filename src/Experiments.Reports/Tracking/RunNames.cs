using System.Globalization;
using Experiments.Core.Matrix;

namespace Experiments.Reports.Tracking;

/// <summary>Names of runs and keys of metrics as MLflow takes them.</summary>
internal static class RunNames
{
    private const int LongestKey = 250;

    /// <summary><c>MELD-DA w4 pin #2</c>; further axes as <c>name=value</c>.</summary>
    public static string Of(Configuration configuration, int repeat)
    {
        var words = configuration.Values.Select(value => value.Key switch
        {
            AxisNames.Dataset => value.Value.Text,
            AxisNames.NumWorkers => "w" + value.Value.Text,
            AxisNames.PinMemory => value.Value.AsBoolean() switch { true => "pin", false => "", _ => $"pin={value.Value.Text}" },
            _ => $"{value.Key}={value.Value.Text}",
        });
        return string.Join(' ', words.Append(string.Create(CultureInfo.InvariantCulture, $"#{repeat}")).Where(word => word.Length > 0));
    }

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
