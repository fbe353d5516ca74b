using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>
/// Names the process that memory grows in. A leak raises the resident set of the process that leaks. Workers that replicate what they share with main, by
/// touching it, raise the tree's memory alone: such a page was resident in each of them before.
/// </summary>
internal static class GrowingProcess
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>A process, or all workers together, must account for this share of the growth to be named.</summary>
    private const double MostOfIt = 0.5;

    /// <summary>The end of a message, beginning with a semicolon; empty when no process was followed.</summary>
    /// <param name="trials">Trials of one configuration; the one that grows most is looked at.</param>
    public static string Words(IEnumerable<TrialResult> trials)
    {
        var trial = trials.MaxBy(trial => trial.Metric(MetricKeys.MemoryGrowthMegabytesPerStep) ?? 0);
        var total = trial?.Metric(MetricKeys.MemoryGrowthMegabytesPerStep) ?? 0;
        var followed = trial?.Telemetry?.Processes.Where(process => process.GrowthMegabytesPerStep is not null).ToArray() ?? [];
        if (total <= 0 || followed.Length == 0)
            return "";
        var most = followed.MaxBy(process => process.GrowthMegabytesPerStep)!;
        if (most.GrowthMegabytesPerStep >= MostOfIt * total)
            return FormattableString.Invariant($"; it is {Name(most)} that grows, by {Quantity.Bytes(most.GrowthMegabytesPerStep.Value * Mebibyte)} a step");
        var workers = followed.Where(process => process.Role != "main").ToArray();
        return workers.Sum(process => process.GrowthMegabytesPerStep) >= MostOfIt * total
            ? $"; it grows in {Quantity.Count(workers.Length, "worker")} alike, at most {Quantity.Bytes(most.GrowthMegabytesPerStep!.Value * Mebibyte)} a step each"
            : "; no process's resident set grows as much: workers replicate what they share with main by touching it, or shared memory piles up";
    }

    private static string Name(ProcessShare process) => FormattableString.Invariant($"{process.Role ?? "a process"} ({process.Name}, process {process.Id})");
}
