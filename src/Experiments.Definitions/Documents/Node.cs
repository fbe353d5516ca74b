namespace Experiments.Definitions.Documents;

/// <summary>A value in a definition's text, with its place; the same for YAML and JSON.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal abstract record Node(int Line, int Column)
{
    /// <summary>What a message calls the value: <c>a list</c>, <c>true</c>, <c>the text "x"</c>.</summary>
    public abstract string Describe();

    /// <summary>The end of a message about a repetition: where the value stands; nothing where a program said it.</summary>
    public string First(bool withColumn = false) =>
        Line == 0 ? "" : FormattableString.Invariant($"; first in line {Line}") + (withColumn ? FormattableString.Invariant($", column {Column}") : "");
}
