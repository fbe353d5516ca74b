namespace Experiments.Core.Results;

/// <summary>The program's exit codes.</summary>
public static class ExitCodes
{
    /// <summary>Every gate holds.</summary>
    public const int Pass = 0;

    /// <summary>A gate failed.</summary>
    public const int GateFailed = 1;

    /// <summary>Bad usage or a bad definition: nothing ran, or the script does not take the definition's arguments.</summary>
    public const int BadUsage = 2;

    /// <summary>A trial failed or was not measured.</summary>
    public const int TrialFailed = 3;

    /// <summary>The measurements do not tell.</summary>
    public const int Inconclusive = 4;

    /// <summary>The tool itself failed; says nothing about gates and trials.</summary>
    public const int ToolFailed = 5;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;

    private static readonly int[] GravestFirst = [Cancelled, GateFailed, ToolFailed, BadUsage, TrialFailed, Inconclusive, Pass];

    /// <summary>The exit code of a verdict.</summary>
    /// <param name="verdict">The sweep's verdict.</param>
    public static int Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => Pass,
        VerdictKind.ArgumentsRefused => BadUsage,
        VerdictKind.Regressed or VerdictKind.Foreseen or VerdictKind.BlownUp => GateFailed,
        VerdictKind.Failed or VerdictKind.NotMeasured => TrialFailed,
        VerdictKind.Inconclusive or VerdictKind.EnvironmentChanged => Inconclusive,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    /// <summary>
    /// The one of several exit codes that stands for all: what was cancelled before a failed gate, that before what could not be judged
    /// (5, 2, 3, 4), and a pass only where all passed. A code of nobody's counts as <see cref="ToolFailed"/>.
    /// </summary>
    /// <param name="exitCodes">The exit codes; none is a pass.</param>
    public static int Worst(IEnumerable<int> exitCodes) =>
        exitCodes.Select(code => GravestFirst.Contains(code) ? code : ToolFailed).DefaultIfEmpty(Pass).MinBy(code => Array.IndexOf(GravestFirst, code));

    /// <summary>An exit code in a few words.</summary>
    /// <param name="exitCode">The exit code of the <c>experiments</c> command.</param>
    public static string Meaning(int exitCode) => exitCode switch
    {
        Pass => "pass",
        GateFailed => "a gate failed",
        BadUsage => "bad usage or definition",
        TrialFailed => "a trial failed or was not measured",
        Inconclusive => "inconclusive",
        ToolFailed => "the tool itself failed",
        Cancelled => "cancelled; experiments resume continues the sweep",
        _ => "the command crashed",
    };
}
