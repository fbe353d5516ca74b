namespace Experiments.Core.Results;

/// <summary>The program's exit codes.</summary>
public static class ExitCodes
{
    /// <summary>Every gate holds.</summary>
    public const int Pass = 0;

    /// <summary>A gate failed.</summary>
    public const int GateFailed = 1;

    /// <summary>Bad usage or a bad definition; nothing ran.</summary>
    public const int BadUsage = 2;

    /// <summary>A trial failed or was not measured.</summary>
    public const int TrialFailed = 3;

    /// <summary>The measurements do not tell.</summary>
    public const int Inconclusive = 4;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;

    /// <summary>The exit code of a verdict.</summary>
    /// <param name="verdict">The sweep's verdict.</param>
    public static int Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => Pass,
        VerdictKind.Regressed or VerdictKind.Foreseen or VerdictKind.BlownUp => GateFailed,
        VerdictKind.Failed or VerdictKind.NotMeasured => TrialFailed,
        VerdictKind.Inconclusive or VerdictKind.EnvironmentChanged => Inconclusive,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}
