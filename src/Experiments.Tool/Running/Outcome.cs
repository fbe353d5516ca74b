using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Tool.Running;

/// <summary>What a command came to for one definition.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Words">The same for people: <c>regressed</c>, <c>not started (EXP3010)</c>.</param>
internal sealed record Outcome(int ExitCode, string Words)
{
    public static Outcome Done { get; } = new(ExitCodes.Pass, "done");

    public static Outcome Of(SweepRun run) => new(
        run.ExitCode, VerdictWords.Of(run.Report.Assessment) + (run.IsWhole ? "" : $", but not all of it could be written ({EnvironmentDiagnostics.CannotWrite.Code})"));
}
