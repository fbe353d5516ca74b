using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Baselines;
using Experiments.Engine.Definitions;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Tool.Running;

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
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var healthy = await SweepAsync(inject: false, cancellationToken).ConfigureAwait(false);
        var wronged = healthy.Assessment.Configurations.Where(one => one.Verdict != VerdictKind.Pass).ToArray();
        foreach (var one in wronged)
            Print(one, "pass", false);
        if (wronged.Length > 0)
            return false;
        var baseline = BaselineFrom.Sweep(healthy.Sweep, healthy.Sweep.EndedAt);
        BaselineFile.Write(Baselines.PathOf(DefinitionReader.Read(PathOf(inject: false)).Definition!, healthy.Sweep.Machine), baseline);

        var judged = await SweepAsync(inject: true, cancellationToken).ConfigureAwait(false);
        var allRight = true;
        foreach (var fault in Fault.All)
        {
            var seen = judged.Assessment.Configurations.Single(one => one.Configuration.Values["fault"].Text == fault.Name);
            var isRight = seen.Verdict == fault.Verdict && (seen.Diagnostics is [var first, ..] ? first.Code : null) == fault.Rule?.Code;
            Print(seen, fault.Rule is null ? VerdictWords.Of(fault.Verdict) : $"{VerdictWords.Of(fault.Verdict)} ({fault.Rule.Code})", isRight);
            allRight &= isRight;
        }

        return allRight;
    }

    private async Task<SweepReport> SweepAsync(bool inject, CancellationToken cancellationToken)
    {
        File.WriteAllText(PathOf(inject), SelfTestDefinition.Write(inject));
        var definition = DefinitionReader.Read(PathOf(inject)).Definition!;
        var plan = Planner.Create(definition, new PlanOptions());
        output.WriteLine($"{(inject ? "faults injected" : "healthy")}: {Quantity.Count(plan.Configurations.Count, "configuration")}, {Quantity.Count(plan.Trials.Count, "trial")}");
        var root = Path.Combine(folder, ".experiments");
        var comparison = await Comparison.ReadAsync(definition, root, MachineReader.Read(), DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        await using var nobody = new ObserverPipeline([]);
        var sweep = await new SweepRunner().RunAsync(
            new SweepRequest { Definition = definition, Plan = plan, Root = root, MoreTrials = comparison.MoreTrials }, nobody, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        output.WriteLine($"  {Quantity.Count(sweep.Trials.Count, "trial")} in {Math.Round((sweep.EndedAt - sweep.StartedAt).TotalSeconds)} s");
        return await comparison.JudgeAsync(sweep, output, cancellationToken).ConfigureAwait(false);
    }

    private void Print(ConfigurationVerdict seen, string expected, bool isRight)
    {
        var why = seen.Diagnostics.Count > 0 ? $": {seen.Diagnostics[0].Message}" : "";
        output.WriteLine($"  {(isRight ? "right" : "WRONG")}  {seen.Configuration.Name,-20} {VerdictWords.Of(seen.Verdict)}{(isRight ? "" : $", not {expected}")}{why}");
    }

    private string PathOf(bool inject) => Path.Combine(folder, inject ? "faulty.json" : "healthy.json");
}
