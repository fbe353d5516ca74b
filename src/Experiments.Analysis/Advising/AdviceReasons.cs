using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>Why a configuration is recommended, in sentences with figures.</summary>
internal static class AdviceReasons
{
    private const double Mebibyte = 1024 * 1024;

    public static string Nothing(IReadOnlyList<ConfigurationVerdict> ruledOut) => ruledOut.Count == 0
        ? "Nothing was measured."
        : $"None of {Quantity.Count(ruledOut.Count, "configuration")} can be recommended: {string.Join(", ", ruledOut.GroupBy(one => one.Verdict).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {VerdictWords.Of(group.Key)}"))}.";

    public static IEnumerable<string> Of(AdviceChoice choice, TieRule ties, GateContext context)
    {
        yield return Speed(choice, ties);
        if (Slower(choice) is { } slower)
            yield return $"{Words(slower)} gives {Rate(slower)} samples/s, {Quantity.Percent((1 - slower.Throughput / choice.Chosen.Throughput) * 100)} less.";
        if (Pinning(choice, context) is { } pinning)
            yield return pinning;
        if (choice.Chosen.PeakBytes is { } peak)
            yield return Memory(choice, peak, context);
        foreach (var group in choice.RuledOut.GroupBy(one => one.Verdict).OrderByDescending(group => group.Key))
            yield return RuledOut([.. group]);
    }

    /// <summary>What a further worker takes, and how many fit.</summary>
    public static string Workers(MemoryAdvice memory)
    {
        var sentence = $"Each further worker takes {Quantity.Bytes(memory.PerWorkerBytes)}";
        if (memory.LimitBytes is not { } limit)
            return sentence + ".";
        return sentence + (memory.LargestNumWorkers is { } most
            ? FormattableString.Invariant($"; num_workers up to {most} fit into the limit of {Quantity.Bytes(limit)}.")
            : $"; no number of them fits into the limit of {Quantity.Bytes(limit)}.");
    }

    private static string Speed(AdviceChoice choice, TieRule ties)
    {
        var (chosen, best) = (choice.Chosen, choice.Best);
        var repeats = Quantity.Count(chosen.Trials.Throughputs().Count, "trial");
        if (chosen == best)
            return $"{Words(chosen)} is the fastest of {Quantity.Count(choice.Fitting.Count, "configuration")} that fit: {Rate(chosen)} samples/s (middle of {repeats}).";
        var difference = (1 - chosen.Throughput / best.Throughput) * 100;
        var allowance = Quantity.Percent(ties.Allowance(best, chosen) * 100);
        var why = ties.KnowsNoise
            ? $"cannot be told apart by these trials (they resolve {allowance})"
            : $"is within the {allowance} allowed where single trials do not show the noise";
        return $"{Words(chosen)} gives {Rate(chosen)} samples/s (middle of {repeats}); the fastest, {Words(best)}, gives {Rate(best)}: the difference of {Quantity.Percent(difference)} {why}.";
    }

    /// <summary>The fastest candidate with fewer workers: what saving further would cost.</summary>
    private static Candidate? Slower(AdviceChoice choice) => choice.Fitting
        .Where(candidate => candidate.Configuration.NumWorkers < choice.Chosen.Configuration.NumWorkers)
        .MaxBy(candidate => candidate.Throughput);

    private static string? Pinning(AdviceChoice choice, GateContext context)
    {
        if (choice.Chosen.Configuration.PinMemory is not false || choice.Fitting.All(candidate => candidate.Configuration.PinMemory is not true))
            return null;
        var withoutCuda = context.Machine.Gpu is "" or "none" || context.Definition.Train.Device == "cpu";
        return withoutCuda
            ? "pin_memory has no effect without CUDA."
            : "pin_memory=true is no faster by more than the trials resolve.";
    }

    private static string Memory(AdviceChoice choice, double peak, GateContext context)
    {
        var sentence = $"Its peak memory is {Quantity.Bytes(peak)}";
        if (context.Gates.PeakMemoryMaxBytes is { } most)
            sentence += $", within the {Quantity.Bytes(most)} of peak_memory.max";
        if (choice.Best != choice.Chosen && choice.Best.PeakBytes is { } other && Math.Abs(other - peak) > 0.02 * other)
            sentence += $"; the fastest takes {Quantity.Bytes(other)}";
        return sentence + ".";
    }

    private static string RuledOut(IReadOnlyList<ConfigurationVerdict> group)
    {
        var first = group[0];
        var peak = first.Medians.TryGetValue(first.Verdict == VerdictKind.Foreseen ? MetricKeys.MemoryForeseenPeakMegabytes : MetricKeys.MemoryPeakMegabytes, out var megabytes) ? $" ({Quantity.Bytes(megabytes * Mebibyte)})" : "";
        var others = group.Count == 1 ? "" : $" and {Quantity.Count(group.Count - 1, "other")}";
        var why = first.Verdict is VerdictKind.BlownUp or VerdictKind.Foreseen or VerdictKind.Failed or VerdictKind.NotMeasured ? VerdictWords.Of(first.Verdict) : "memory does not fit";
        return $"Ruled out: {Words(first.Configuration)}{others}, {why}{peak}.";
    }

    private static string Rate(Candidate candidate) => Quantity.Rate(candidate.Throughput);

    private static string Words(Candidate candidate) => Words(candidate.Configuration);

    /// <summary>The configuration without its dataset, which the advice is for anyway.</summary>
    private static string Words(Configuration configuration)
    {
        var words = string.Join(' ', configuration.Values.Where(value => value.Key != AxisNames.Dataset).Select(value => $"{value.Key}={value.Value.Text}"));
        return words.Length == 0 ? configuration.Name : words;
    }
}
