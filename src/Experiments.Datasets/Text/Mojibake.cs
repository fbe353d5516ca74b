using System.Text;

namespace Experiments.Datasets.Text;

/// <summary>
/// Undoes what happened to the texts of <c>emotyda_meld.csv</c>: UTF-8 read as Mac Roman, and before that Windows-1252 read as Latin-1.
/// <c>company¬ís</c> becomes <c>company’s</c>.
/// </summary>
internal static class Mojibake
{
    private static readonly Encoding MacRoman = CodePage(10000);
    private static readonly Encoding Windows = CodePage(1252);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as it was meant; texts that do not come from such a mistake stay as they are.</summary>
    public static string Repair(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        try
        {
            var meant = Utf8.GetString(MacRoman.GetBytes(text));
            return string.Concat(meant.Select(FromWindows));
        }
        catch (ArgumentException) // encoder and decoder fallbacks: not Mac Roman, or not UTF-8 underneath
        {
            return text;
        }
    }

    private static char FromWindows(char unit) => unit is >= '\u0080' and <= '\u009f' ? Windows.GetChars([(byte)unit])[0] : unit;

    private static Encoding CodePage(int number) =>
        CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new PlatformNotSupportedException($"Code page {number} is missing.");
}
