using Experiments.Analysis;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Tests;
using Experiments.Core.Baselines;
using Experiments.Core.Results;
using Experiments.Pages;
using Experiments.Reports.Pages;

namespace Experiments.Tests.Pages;

public class NightsOfMachineTests
{
    [Fact]
    public void Each_night_has_the_median_and_the_least_and_greatest_of_its_repeats()
    {
        var report = Report(night: 0, 1);
        var nights = NightsOfMachine.Of([Measured(report)], baseline: null);

        var verdict = report.Assessment.Configurations[3];
        var one = nights.Configurations.Single(of => of.Configuration.Id == verdict.Configuration.Id);
        var rates = report.Sweep.Trials.Where(trial => trial.Configuration.Id == verdict.Configuration.Id).Select(trial => trial.Metric(MetricKeys.SamplesPerSecond)!.Value).ToArray();
        Assert.Equal(new MeasuredRange(verdict.SamplesPerSecond!.Value, rates.Min(), rates.Max()), Assert.Single(one.Throughput));
        Assert.Equal(verdict.PeakMegabytes, Assert.Single(one.PeakMegabytes)!.Value);
        Assert.Equal(VerdictKind.Pass, Assert.Single(one.Verdicts));
        Assert.Equal(report.Sweep.Configurations.Select(of => of.Id), nights.Configurations.Select(of => of.Configuration.Id));
    }

    [Fact]
    public void A_lasting_change_of_throughput_and_of_memory_is_found_at_its_night()
    {
        var nights = NightsOfMachine.Of([.. Enumerable.Range(0, 40).Select(night => Measured(Report(night, night < 20 ? 1 : 0.8, night < 12 ? 1 : 1.3)))], baseline: null);

        Assert.All(nights.Configurations, one => Assert.Equal("s20", Assert.Single(one.Changes).After.SweepId));
        Assert.All(nights.Configurations, one => Assert.Equal("s12", Assert.Single(one.MemoryChanges).After.SweepId));
        Assert.All(nights.Configurations, one => Assert.InRange(one.MemoryChanges[0].ChangePercent, 29, 31));
    }

    [Fact]
    public void A_night_on_which_a_configuration_blew_up_has_its_peak_and_no_throughput()
    {
        var report = Report(night: 1, 1);
        var broken = report.Sweep.Configurations[2].Id;
        var sweep = report.Sweep with
        {
            Trials = [.. report.Sweep.Trials.Select(trial => trial.Configuration.Id != broken ? trial : trial with
            {
                Status = TrialStatus.Failed, Metrics = new Dictionary<string, double> { [MetricKeys.MemoryPeakMegabytes] = 30_000 },
            })],
        };
        var nights = NightsOfMachine.Of([Measured(Report(night: 0, 1)), Measured(Judged(sweep)), Measured(Report(night: 2, 1))], baseline: null);

        var one = nights.Configurations.Single(of => of.Configuration.Id == broken);
        Assert.Equal([true, false, true], one.Throughput.Select(value => value is not null));
        Assert.Equal(30_000, one.PeakMegabytes[1]!.Value);
        Assert.Equal(VerdictKind.Failed, one.Verdicts[1]);
    }

    [Fact]
    public void A_sweep_that_only_MLflow_holds_is_a_night_too()
    {
        var past = BaselineFrom.Past(Report(night: 0, 1));
        var nights = NightsOfMachine.Of([new MeasuredNight(new Night { SweepId = past.SweepId, At = past.StartedAt }, past), Measured(Report(night: 1, 1))], baseline: null);

        Assert.All(nights.Configurations, one => Assert.All(one.Throughput, Assert.NotNull));
        Assert.All(nights.Configurations, one => Assert.All(one.PeakMegabytes, Assert.NotNull));
        Assert.Equal([null, VerdictKind.Pass], nights.Configurations[0].Verdicts);
    }

    [Fact]
    public void Machines_have_nights_of_their_own_and_one_that_changed_its_id_is_one()
    {
        var old = SampleSweep.Machine with { Id = MachineNames.Of(SampleSweep.Machine).First(name => name != SampleSweep.Machine.Id) };
        var other = SampleSweep.Machine with { Id = "other", Cpu = "Another CPU" };
        MeasuredNight[] latestFirst = [Measured(Report(3, 1)), Measured(Report(2, 1), other), Measured(Report(1, 1), old), Measured(Report(0, 1))];

        var machines = HistorySite.ByMachine(latestFirst);

        Assert.Equal(["s03 s01 s00", "s02"], machines.Select(of => string.Join(' ', of.Select(night => night.Night.SweepId))));
        Assert.Equal(3, NightsOfMachine.Of(machines[0], baseline: null).Configurations[0].Throughput.Count(value => value is not null));
    }

    [Fact]
    public void The_accepted_baseline_is_named_with_its_reason()
    {
        var accepted = new Baseline { Experiment = "x", Machine = SampleSweep.Machine, SweepId = "s00", AcceptedAt = DateTimeOffset.UnixEpoch, Reason = "checksums", Configurations = [] };

        Assert.Equal("Baseline: sweep s00, accepted on 1970-01-01: checksums", NightsOfMachine.Of([Measured(Report(night: 0, 1))], accepted).Baseline);
    }

    private static SweepReport Report(int night, double speed, double memory = 1)
    {
        var sweep = SampleSweep.Noisy(repeats: 3, noise: 0.01, seed: 7919 * night, (_, _) => speed);
        return Judged(sweep with
        {
            SweepId = $"s{night:00}",
            StartedAt = DateTimeOffset.UnixEpoch.AddDays(night),
            Trials = [.. sweep.Trials.Select(trial => trial with
            {
                Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.MemoryPeakMegabytes] = trial.Metrics[MetricKeys.MemoryPeakMegabytes] * memory + (trial.Repeat + night) % 3 },
            })],
        });
    }

    private static SweepReport Judged(SweepResult sweep) => new() { Sweep = sweep, Assessment = Judge.Assess(sweep, SampleSweep.Definition(), baseline: null) };

    private static MeasuredNight Measured(SweepReport report, MachineFingerprint? machine = null)
    {
        var sweep = report.Sweep with { Machine = machine ?? report.Sweep.Machine };
        return NightReader.Of(report, sweep, "page.html");
    }
}
