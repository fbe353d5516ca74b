using Experiments.Analysis;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Baselines;
using Experiments.Definitions;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Running;

namespace Experiments.Tool.SelfTesting;

/// <summary>
/// Proves on this machine that the gates see what they are for: a sweep of healthy trials becomes the baseline, a second one has known faults, and
/// the verdicts must name exactly those.
/// </summary>
/// <param name="folder">A folder of its own.</param>
/// <param name="output">Standard output.</param>
internal sealed class SelfTest(string folder, TextWriter output)
{
    /// <summary>Runs both sweeps.</summary>
    /// <returns>Whether exactly the injected faults were seen.</returns>
    public async Task<SelfTestOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var healthy = await SweepAsync(inject: false, cancellationToken).ConfigureAwait(false);
        var unwell = healthy.Assessment.Configurations.Where(one => one.Verdict != VerdictKind.Pass).Select(one => (Seen: one, Right: VerdictKind.Pass)).ToArray();
        foreach (var (seen, _) in unwell)
            Print(seen, "pass", false);
        if (unwell.Length > 0)
            return SelfTestOutcome.Of(unwell, healthy.Sweep.Trials);
        var baseline = BaselineFrom.Sweep(healthy.Sweep, healthy.Sweep.EndedAt);
        BaselineFile.Write(Baselines.PathOf(DefinitionReader.Read(PathOf(inject: false)).Definition!, healthy.Sweep.Machine), baseline);

        var judged = await SweepAsync(inject: true, cancellationToken).ConfigureAwait(false);
        var wrong = new List<(ConfigurationVerdict Seen, VerdictKind Right)>();
        foreach (var fault in Fault.All)
        {
            var seen = judged.Assessment.Configurations.Single(one => one.Configuration.Values["fault"].Text == fault.Name);
            var isRight = seen.Verdict == fault.Verdict && (seen.Diagnostics is [var first, ..] ? first.Code : null) == fault.Rule?.Code;
            Print(seen, fault.Rule is null ? VerdictWords.Of(fault.Verdict) : $"{VerdictWords.Of(fault.Verdict)} ({fault.Rule.Code})", isRight);
            if (!isRight)
                wrong.Add((seen, fault.Verdict));
        }

        return SelfTestOutcome.Of(wrong, [.. healthy.Sweep.Trials, .. judged.Sweep.Trials]);
    }

    private async Task<SweepReport> SweepAsync(bool inject, CancellationToken cancellationToken)
    {
        File.WriteAllText(PathOf(inject), SelfTestDefinition.Write(inject));
        var definition = DefinitionReader.Read(PathOf(inject)).Definition!;
        var plan = Planner.Create(definition, new PlanOptions());
        output.WriteLine($"{(inject ? "faults injected" : "healthy")}: {Quantity.Count(plan.Configurations.Count, "configuration")}, {Quantity.Count(plan.Trials.Count, "trial")}");
        var root = Path.Combine(folder, ".experiments");
        var baseline = Baselines.Accepted(definition, MachineReader.Read());
        await using var nobody = new ObserverPipeline([]);
        var request = new SweepRequest { Definition = definition, Plan = plan, Root = root, Baseline = baseline };
        var report = await SweepRunner.RunAsync(request, nobody, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        output.WriteLine($"  {Quantity.Count(report.Sweep.Trials.Count, "trial")} in {Math.Round((report.Sweep.EndedAt - report.Sweep.StartedAt).TotalSeconds)} s");
        return report;
    }

    private void Print(ConfigurationVerdict seen, string expected, bool isRight)
    {
        var why = seen.Diagnostics.Count > 0 ? $": {seen.Diagnostics[0].Message}" : "";
        output.WriteLine($"  {(isRight ? "right" : "WRONG")}  {seen.Configuration.Name,-20} {VerdictWords.Of(seen.Verdict)}{(isRight ? "" : $", not {expected}")}{why}");
    }

    private string PathOf(bool inject) => Path.Combine(folder, inject ? "faulty.json" : "healthy.json");
}
