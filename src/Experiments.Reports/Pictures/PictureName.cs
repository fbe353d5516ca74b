namespace Experiments.Reports.Pictures;

/// <summary>Names of pictures' files, of letters that every file system and MLflow take.</summary>
internal static class PictureName
{
    private const int LongestName = 100;

    /// <summary>What is shown, in words, and what makes it unique.</summary>
    public static string Of(string kind, string words, string id)
    {
        var safe = string.Concat(words.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '=' or '-' or '.' ? letter : '_'));
        return $"{kind}_{(safe.Length > LongestName ? safe[..LongestName] : safe)}_{id}";
    }
}
