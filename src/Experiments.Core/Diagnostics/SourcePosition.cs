using System.Globalization;

namespace Experiments.Core.Diagnostics;

/// <summary>A place in a file that a user wrote.</summary>
/// <param name="File">Path of the file as the user gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
public sealed record SourcePosition(string File, int Line, int Column)
{
    /// <summary><c>file(line,column)</c>, as MSBuild, editors and CI read it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})");
}
