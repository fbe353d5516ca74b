using System.Globalization;
using System.Text;

namespace Experiments.Mlflow.Validation;

/// <summary>Which keys of metrics, params and tags a server takes; what it would refuse is refused before it is sent.</summary>
internal static class KeyRules
{
    public const int MaxCharacters = 250;

    public static void Check(string kind, string key)
    {
        if (FindFault(key) is { } fault)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"{kind} key '{Shorten(key)}' {fault}");
        }
    }

    internal static string? FindFault(string key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return "is empty";
        }

        if (key.Length > MaxCharacters && key.EnumerateRunes().Count() > MaxCharacters)
        {
            return $"is longer than {MaxCharacters} characters";
        }

        foreach (var rune in key.EnumerateRunes())
        {
            if (!IsAllowed(rune))
            {
                return $"holds '{rune}'; allowed are letters, digits, '_', '-', '.', ':', '/' and space";
            }
        }

        // Servers treat a key as a relative file path, and refuse one that names another path than it says.
        if (key.StartsWith("..", StringComparison.Ordinal) || key.Split('/').Any(part => part is "" or "." or ".."))
        {
            return "would be another file path: no leading, trailing or double '/', no '.' or '..' between slashes";
        }

        return null;
    }

    private static bool IsAllowed(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value) || "_-.:/ ".Contains((char)rune.Value, StringComparison.Ordinal);
        }

        return Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    private static string Shorten(string key) => key.Length <= 60 ? key : $"{key[..57]}...";
}
