using System.Text;
using Experiments.Core.Matrix;

namespace Experiments.Definitions.Documents;

/// <summary>A single value.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Text">The text, without quotes.</param>
/// <param name="IsPlain">Whether it is written without quotes, so that it may mean a number or another scalar.</param>
/// <param name="TextColumn">The column of the text's first character when it stands in the file as it is; else null.</param>
internal sealed record ScalarNode(int Line, int Column, string Text, bool IsPlain, int? TextColumn) : Node(Line, Column)
{
    private const int MostShown = 60;

    /// <summary>Whether nothing is written: an empty plain scalar or <c>null</c>.</summary>
    public bool IsNull => IsPlain && CoreSchema.IsNull(Text);

    /// <summary>The value with its kind; null for null and for numbers that cannot be held.</summary>
    public AxisValue? Value => IsPlain ? CoreSchema.Resolve(Text) : AxisValue.Of(Text);

    public override string Describe() => this switch
    {
        { IsNull: true } => "empty",
        { Value: null } => $"the number {Shown(Text)}",
        { Value.Kind: AxisValueKind.Text } => $"the text {Quote(Text)}",
        _ => Shown(Text),
    };

    /// <summary>A user's word as messages show it: quoted, on one line and not too long.</summary>
    public static string Quote(string text) => $"\"{Shown(text)}\"";

    private static string Shown(string text)
    {
        var runes = text.EnumerateRunes().Take(MostShown + 1).Select(rune => Rune.IsControl(rune) ? Rune.ReplacementChar : rune).ToArray();
        return string.Concat(runes.Take(MostShown)) + (runes.Length > MostShown ? "…" : "");
    }
}
