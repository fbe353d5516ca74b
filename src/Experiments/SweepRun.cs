using Experiments.Core.Results;

namespace Experiments;

/// <summary>What a sweep came to.</summary>
/// <param name="Report">Measurements and judgement.</param>
/// <param name="Folder">Absolute path of the sweep's folder.</param>
/// <param name="IsWhole">Whether all of it could be written.</param>
public sealed record SweepRun(SweepReport Report, string Folder, bool IsWhole = true)
{
    /// <summary>One of <see cref="ExitCodes"/>: the verdict's; a sweep whose folder is not whole is no pass.</summary>
    public int ExitCode => IsWhole ? ExitCodes.Of(Report.Assessment.Verdict) : ExitCodes.Worst([ExitCodes.Of(Report.Assessment.Verdict), ExitCodes.TrialFailed]);
}
