using Experiments.Core.Results;

namespace Experiments.Reports.Tables;

/// <summary>A sign and a colour for each verdict; the word always stands beside it.</summary>
public static class VerdictMark
{
    /// <summary>The sign.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => "✓",
        VerdictKind.Inconclusive or VerdictKind.EnvironmentChanged => "?",
        _ => "✗",
    };

    /// <summary>The colour's name, which Spectre.Console and the page's style sheet share.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Color(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => "green",
        VerdictKind.Inconclusive => "yellow",
        VerdictKind.EnvironmentChanged => "blue",
        VerdictKind.NotMeasured => "fuchsia",
        _ => "red",
    };
}
