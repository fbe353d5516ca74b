using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Analysis.Text;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Advising;

/// <summary>Random sweeps: no sentence of the advice says what a figure of the table denies.</summary>
public partial class AdviceAgainstTableTests
{
    private const int Sweeps = 400;

    [Theory]
    [InlineData("none")]
    [InlineData("Sample GPU")]
    public void Every_rate_in_the_advice_stands_in_the_table(string gpu) => Each(gpu, (assessment, seed) =>
    {
        foreach (var advice in assessment.Advice)
        {
            var table = Rows(assessment, advice).Select(row => Quantity.Rate(row.SamplesPerSecond!.Value)).ToHashSet();
            foreach (var reason in advice.Reasons)
                foreach (var figure in Rates().Matches(reason).SelectMany(match => new[] { match.Groups["least"], match.Groups["most"] }).Where(group => group.Success))
                    Assert.True(table.Contains(figure.Value), $"seed {seed}: {figure.Value} is not in the table: {reason}");
        }
    });

    [Theory]
    [InlineData("none")]
    [InlineData("Sample GPU")]
    public void Who_is_called_the_fastest_has_the_highest_figure_and_who_is_less_has_less(string gpu) => Each(gpu, (assessment, seed) =>
    {
        foreach (var advice in assessment.Advice)
        {
            var rows = Rows(assessment, advice);
            foreach (var reason in advice.Reasons)
            {
                if (Fastest().Match(reason) is { Success: true } fastest)
                    Assert.True(Of(rows, fastest.Groups["words"].Value).Min(row => row.SamplesPerSecond) >= rows.Max(row => Of(rows, fastest.Groups["words"].Value).Contains(row) ? 0 : row.SamplesPerSecond!.Value), $"seed {seed}: {reason}");
                if (Less().Match(reason) is { Success: true } less)
                    Assert.True(Of(rows, less.Groups["words"].Value).Min(row => row.SamplesPerSecond) < Of(rows, Named(advice)).Max(row => row.SamplesPerSecond), $"seed {seed}: {reason}");
            }
        }
    });

    [Fact]
    public void No_sentence_gives_more_workers_more_than_was_waited_for() => Each("none", (assessment, seed) =>
    {
        foreach (var advice in assessment.Advice.Where(one => one.Configuration is not null))
        {
            var rows = Rows(assessment, advice);
            foreach (var reason in advice.Reasons.Where(reason => !reason.Contains("waited", StringComparison.Ordinal)))
                if (Less().Match(reason) is { Success: true } less)
                {
                    var percent = double.Parse(less.Groups["percent"].Value, CultureInfo.InvariantCulture);
                    var most = Of(rows, less.Groups["words"].Value).Max(row => row.Medians[MetricKeys.WaitFraction]);
                    Assert.True(percent <= (100 * most) + 26, $"seed {seed}: waited {most}: {reason}"); // and what the trials cannot resolve
                }
        }
    });

    [Fact]
    public void Pinned_memory_is_never_recommended_without_a_device() => Each("none", (assessment, seed) =>
        Assert.All(assessment.Advice, advice => Assert.True(advice.Configuration?.PinMemory is not true, $"seed {seed}")));

    [Fact]
    public void What_is_recommended_fits_and_its_peak_is_that_of_the_table() => Each("Sample GPU", (assessment, seed) =>
    {
        foreach (var advice in assessment.Advice.Where(one => one.Configuration is not null))
        {
            var row = assessment.Configurations.Single(one => one.Configuration.Id == advice.MeasuredAs);
            Assert.True(row.Verdict is not (VerdictKind.Failed or VerdictKind.BlownUp or VerdictKind.Foreseen or VerdictKind.NotMeasured), $"seed {seed}: {row.Verdict}");
            Assert.Contains(advice.Reasons, reason => reason.StartsWith($"Its peak memory is {Quantity.Bytes(row.PeakMegabytes!.Value * 1024 * 1024)}", StringComparison.Ordinal));
        }
    });

    private static void Each(string gpu, Action<Assessment, int> check)
    {
        for (var seed = 1; seed <= Sweeps; seed++)
            check(Judge.Assess(Random(seed) with { Machine = Machine with { Gpu = gpu } }, Definition(), null), seed);
    }

    /// <summary>A sweep of any shape: noise from none to hopeless, loading from nothing to all, others on the machine, failures, few or many repeats.</summary>
    private static SweepResult Random(int seed)
    {
        var random = new Random(seed);
        var (noise, load, repeats) = (new[] { 0, 0.005, 0.03, 0.15, 0.6 }[random.Next(5)], random.NextDouble() * 3, random.Next(1, 6));
        return Sweep(
            from repeat in Enumerable.Range(1, repeats)
            from configuration in Matrix
            let ready = load / Math.Max(1, 2 * configuration.NumWorkers!.Value)
            let seconds = configuration.NumWorkers == 0 ? 1 + load : Math.Max(1, ready)
            let others = random.NextDouble() < 0.1 ? 0.8 * random.NextDouble() : 0.02
            let rate = 100 / seconds * (1 - others) * Math.Exp(noise * Normal(random))
            let status = random.NextDouble() < 0.02 ? (TrialStatus)random.Next(Enum.GetValues<TrialStatus>().Length) : TrialStatus.Completed
            let trial = Trial(configuration, repeat, rate, 1000 * Math.Exp(0.02 * Normal(random)), status, wait: 1 - (1 / seconds))
            select status != TrialStatus.Completed ? trial : trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.CpuOtherPercentage] = 100 * others } });
    }

    private static ConfigurationVerdict[] Rows(Assessment assessment, Advice advice) =>
        [.. assessment.Configurations.Where(row => row.Configuration.Dataset == advice.Dataset && row.SamplesPerSecond is not null
            && row.Verdict is not (VerdictKind.Failed or VerdictKind.BlownUp or VerdictKind.Foreseen or VerdictKind.NotMeasured))];

    /// <summary>The rows that words such as <c>num_workers=2</c> stand for.</summary>
    private static ConfigurationVerdict[] Of(ConfigurationVerdict[] rows, string words) => [.. rows.Where(row => words.Split(' ').All(word => row.Configuration.Name.Split(' ').Contains(word)))];

    private static string Named(Advice advice) => advice.Reasons[0].Split(" gives ")[0].Split(" is ")[0];

    [GeneratedRegex(@"(?<least>[\d.]+)( to (?<most>[\d.]+))? samples/s")]
    private static partial Regex Rates();

    [GeneratedRegex(@"^(?<words>\S.*?) is the fastest of|; (?<words>[^;]*?), the fastest, gives")]
    private static partial Regex Fastest();

    [GeneratedRegex(@"^(?<words>\S.*?) gives [\d.]+( to [\d.]+)? samples/s, (?<percent>[\d.]+) % less\.$")]
    private static partial Regex Less();
}
