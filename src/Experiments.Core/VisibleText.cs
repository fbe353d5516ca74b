using System.Buffers;
using System.Globalization;
using System.Text;

namespace Experiments.Core;

/// <summary>
/// Makes text that others wrote (a definition, a trial's output, a file's name) fit to be shown: what a terminal obeys, and what makes a line read
/// otherwise than it stands, is written out, as JSON writes it: <c>\u001b</c>.
/// </summary>
public static class VisibleText
{
    private const char ZeroWidthNonJoiner = '\u200c';
    private const char ZeroWidthJoiner = '\u200d';

    /// <summary>The text with control characters, line separators, direction marks and other invisible signs, and halves of a character, written out.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var visible = new StringBuilder();
        var done = 0;
        for (int at = 0, length; at < text.Length; at += length)
        {
            if (!IsHidden(text.AsSpan(at), out length))
                continue;
            visible.Append(text, done, at - done);
            for (done = at; done < at + length; done++)
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[done]:x4}");
        }

        return done == 0 ? text : visible.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Joiners stand within many a word and picture, so that they stay.</summary>
    private static bool IsHidden(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        if (text[0] is (>= ' ' and <= '~') or ZeroWidthNonJoiner or ZeroWidthJoiner)
            return false;
        return Rune.DecodeFromUtf16(text, out var rune, out length) != OperationStatus.Done
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
    }
}
