using System.Text.RegularExpressions;

namespace Experiments.MSBuild.Tasks;

/// <summary>Tells a diagnostic from training output: MSBuild would take <c>val error: 0.25</c> for an error.</summary>
internal static class DiagnosticLine
{
    private static readonly Regex Canonical = new(@"^\s*[^:\s].*?:\s*(error|warning)\s+EXP\d{4}\s*:", RegexOptions.CultureInvariant);

    public static bool Matches(string line) => Canonical.IsMatch(line);
}
