using Experiments.Analysis;
using Experiments.Analysis.Tests;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Reports.Tests;

/// <summary>A judged sweep with one of each: green, regressed, blown up, failed; and names that need escaping.</summary>
internal static class SampleReport
{
    public static ExperimentDefinition Definition { get; } = SampleSweep.Definition(
        new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 }, Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } });

    public static SweepResult Sweep { get; } = SampleSweep.Sweep(Trials());

    public static SweepReport Report { get; } = new()
    {
        Sweep = Sweep with { Observers = [TrackingDiagnostics.NotRecorded.Warning("the tracking server <http://x> did not answer")] },
        Assessment = Judge.Assess(Sweep, Definition, SampleSweep.BaselineOf(SampleSweep.Sweep(Trials(before: true)))),
    };

    public static SweepStart Start(string folder) => new()
    {
        SweepId = Sweep.SweepId,
        Folder = folder,
        Definition = Definition,
        Plan = new Plan
        {
            Experiment = Sweep.Experiment,
            Seed = 0,
            Configurations = Sweep.Configurations,
            Trials = [.. Sweep.Trials.Select(trial => new PlannedTrial(trial.Configuration, trial.Repeat))],
        },
        Machine = SampleSweep.Machine,
        StartedAt = Sweep.StartedAt,
        Commit = Sweep.Commit,
    };

    private static IEnumerable<TrialResult> Trials(bool before = false)
    {
        for (var repeat = 1; repeat <= 3; repeat++)
            foreach (var dataset in new[] { "MELD-DA", "<b>|odd, \"name\"" })
                foreach (var workers in new[] { 0, 2, 16 })
                {
                    var configuration = SampleSweep.Of(dataset, workers, pin: false);
                    var rate = (workers == 0 ? 200 : 600) * (1 + 0.004 * repeat);
                    var odd = dataset != "MELD-DA";
                    yield return (workers, odd, before) switch
                    {
                        (16, false, false) => SampleSweep.Trial(configuration, repeat, rate, (9 + 0.05 * repeat) * 1024),
                        (16, true, false) => SampleSweep.Trial(configuration, repeat, rate, status: TrialStatus.Failed) with
                        {
                            Diagnostics = [TrialDiagnostics.ExitCode.Error("exit code 3: <ValueError> & more")],
                        },
                        (2, true, false) => SampleSweep.Trial(configuration, repeat, rate * 0.8, 1200),
                        _ => SampleSweep.Trial(configuration, repeat, rate, 1000 + 100 * workers, wait: workers == 0 ? 0.7 : 0.12),
                    };
                }
    }
}
