using System.Globalization;
using Experiments.Core;

namespace Experiments.Reports.Files;

/// <summary>
/// Text of others as a cell that a spreadsheet does not run and a terminal does not obey, and that reads back the same: a cell that begins with <c>'</c>
/// holds, behind it, text in which <c>\\</c> stands for a backslash and <c>\u001b</c> for the character of that number; any other cell is literal.
/// </summary>
internal static class CsvText
{
    /// <summary>What begins a formula in one spreadsheet or another, wide forms included; and the mark itself.</summary>
    private const string Beginnings = "=+-@＝＋－＠'";

    /// <summary>The cell, before it is quoted.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => IsLiteral(text) ? text : "'" + VisibleText.Of(text.Replace("\\", "\\\\", StringComparison.Ordinal));

    private static bool IsLiteral(string text) =>
        text.Length == 0
        || ((!Beginnings.Contains(text[0], StringComparison.Ordinal) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            && ReferenceEquals(VisibleText.Of(text), text));
}
