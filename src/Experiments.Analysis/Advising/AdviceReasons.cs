using Experiments.Analysis.Gating;
using Experiments.Analysis.Measuring;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>Why a configuration is recommended, in sentences with the table's figures.</summary>
internal sealed class AdviceReasons(AdviceChoice choice, TieRule ties, SettingsWithoutEffect without, GateContext context, MemoryAdvice? memory)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>A wait that is not worth a further worker.</summary>
    private const double LittleWait = 0.02;

    private readonly Candidate chosen = choice.Chosen;

    public static string Nothing(IReadOnlyList<ConfigurationVerdict> ruledOut) => ruledOut.Count == 0
        ? "Nothing was measured."
        : $"None of {Quantity.Count(ruledOut.Count, "configuration")} can be recommended: {string.Join(", ", ruledOut.GroupBy(one => one.Verdict).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {VerdictWords.Of(group.Key)}"))}.";

    /// <summary>The configuration without its dataset, which the advice is for anyway, and without what has no effect where several rows stand for it.</summary>
    public static string Words(Candidate candidate)
    {
        var same = candidate.Rows[0].Configuration.Values.Where(value => candidate.Rows.All(row => row.Configuration.Values.TryGetValue(value.Key, out var other) && other.Text == value.Value.Text));
        var words = string.Join(' ', same.Where(value => value.Key != AxisNames.Dataset).Select(value => $"{value.Key}={value.Value.Text}"));
        return words.Length > 0 ? words : candidate.Rows.Count == 1 ? candidate.Configuration.Name : "every configuration";
    }

    /// <summary>The figures of its rows: one, or the least and the most.</summary>
    public static string Rate(Candidate candidate)
    {
        var (least, most) = (Quantity.Rate(candidate.Rates.Least), Quantity.Rate(candidate.Rates.Most));
        return least == most ? least : $"{least} to {most}";
    }

    /// <summary>Why the chosen one is recommended.</summary>
    public IEnumerable<string> Of()
    {
        yield return Speed();
        if (Slower() is { } slower)
            yield return slower;
        if (LargestTried() is { } largest)
            yield return largest;
        if (chosen.Configuration.NumWorkers > context.Machine.Cores && Fewer() is not null)
            yield return FormattableString.Invariant($"num_workers={chosen.Configuration.NumWorkers} is more than the {context.Machine.Cores:0.##} usable cores, and faster than fewer all the same.");
        if (Pinning() is { } pinning)
            yield return pinning;
        if (Disturbed() is { } disturbed)
            yield return disturbed;
        if (chosen.PeakBytes is { } peak)
            yield return Memory(peak);
        foreach (var line in RuledOut())
            yield return line;
        if (memory is not null)
            yield return Workers(memory);
    }

    /// <summary>What can be said where nothing is recommended.</summary>
    public IEnumerable<string> WithoutRecommendation()
    {
        yield return $"The highest figure, {Rate(choice.Best)} samples/s, is that of {Words(choice.Best)}.";
        foreach (var line in RuledOut())
            yield return line;
    }

    /// <summary>What a further worker takes, and how many fit.</summary>
    private static string Workers(MemoryAdvice memory)
    {
        var sentence = $"Each further worker takes {Quantity.Bytes(memory.PerWorkerBytes)}";
        if (memory.LimitBytes is not { } limit)
            return sentence + ".";
        return sentence + (memory.LargestNumWorkers is not { } most ? $"; no number of them fits into the limit of {Quantity.Bytes(limit)}."
            : memory.SharedMemoryBound == most ? FormattableString.Invariant($"; with more than {most} of them the batches that are loaded ahead may fill /dev/shm.")
            : FormattableString.Invariant($"; num_workers up to {most} fit into the limit of {Quantity.Bytes(limit)}."));
    }

    private string Speed()
    {
        var best = choice.Best;
        var trials = $"median of {Quantity.Count(chosen.Throughputs.Count, "trial")}{(chosen.Rows.Count == 1 ? "" : $" in {chosen.Rows.Count} rows")}";
        if (chosen != best)
        {
            var difference = AdviceChoice.Loss(chosen, best);
            var figures = $"{Words(chosen)} gives {Rate(chosen)} samples/s ({trials}); {Words(best)}{(choice.Fitting.All(other => other == best || other.Rates.Most <= best.Rates.Least) ? ", the fastest," : "")} gives {Rate(best)}";
            if (difference > ties.Allowance(best, chosen))
                return $"{figures}. But others took {Share(chosen.OtherShare)} of the machine while it ran ({Share(best.OtherShare)} at {Words(best)}), and it waited for data for only {Share(chosen.WaitFraction)} of its time: more workers cannot gain more than that.";
            var allowance = Quantity.Percent(ties.Allowance(best, chosen) * 100);
            return $"{figures}: the difference of {Quantity.Percent(Math.Max(difference, 0) * 100)} "
                + (ties.KnowsNoise ? $"cannot be told by these trials (they resolve {allowance})." : $"is within the {allowance} allowed where single trials do not show the noise.");
        }

        if (choice.Fitting.Count == 1)
            return $"{Words(chosen)} gives {Rate(chosen)} samples/s ({trials}); no other configuration that fits was measured.";
        if (choice.Tied.Count == 1 && choice.Fitting.All(other => other == chosen || other.Rates.Most < chosen.Rates.Least))
            return $"{Words(chosen)} is the fastest of {Quantity.Count(choice.Fitting.Count, "configuration")} that fit: {Rate(chosen)} samples/s ({trials}).";
        var widest = choice.Fitting.Where(other => other != chosen).Max(other => ties.Allowance(chosen, other));
        return $"{Words(chosen)} gives {Rate(chosen)} samples/s ({trials}); none of the other {Quantity.Count(choice.Fitting.Count - 1, "configuration")} that fit is faster by more than "
            + (ties.KnowsNoise ? $"these trials resolve ({Quantity.Percent(widest * 100)})." : $"the {Quantity.Percent(widest * 100)} that single trials leave open.");
    }

    /// <summary>The fastest candidate with fewer workers that is really slower.</summary>
    private Candidate? Fewer() => choice.Fitting.Where(candidate => candidate.Configuration.NumWorkers < chosen.Configuration.NumWorkers && candidate.Throughput < chosen.Throughput)
        .MaxBy(candidate => candidate.Throughput);

    /// <summary>What saving further workers would cost; no more of it is the loader's than was waited for.</summary>
    private string? Slower()
    {
        if (Fewer() is not { } fewer)
            return null;
        var less = Quantity.Percent(AdviceChoice.Loss(fewer, chosen) * 100);
        if (!choice.IsBeyondTheLoader(fewer, chosen))
            return $"{Words(fewer)} gives {Rate(fewer)} samples/s, {less} less{Untold(fewer)}.";
        var others = fewer.OtherShare is { } share && chosen.OtherShare is { } beside && share > beside + Bearing.Noticeable
            ? $", while others took {Share(share)} of the machine ({Share(beside)} at {Words(chosen)})" : "";
        return $"{Words(fewer)} gives {Rate(fewer)} samples/s{others}, but waited for data for only {Share(fewer.WaitFraction)} of its time: of the {less} between them more workers make up that much at most.";
    }

    /// <summary>That a loss may be none, and how many repeats would tell.</summary>
    private string Untold(Candidate slower)
    {
        var allowance = ties.Allowance(chosen, slower);
        if (AdviceChoice.Loss(slower, chosen) > allowance)
            return "";
        var settling = Math.Ceiling(Math.Min(chosen.Throughputs.Count, slower.Throughputs.Count) * Math.Pow(allowance / AdviceChoice.Near, 2));
        return !ties.KnowsNoise ? ", which single trials cannot tell from none"
            : FormattableString.Invariant($", which these trials cannot tell from none (they resolve {Quantity.Percent(allowance * 100)}; about {settling:0} repeats would tell {Quantity.Percent(AdviceChoice.Near * 100)})");
    }

    private string? LargestTried()
    {
        var counts = choice.Fitting.Select(candidate => candidate.Configuration.NumWorkers).OfType<int>().Distinct().ToArray();
        if (counts.Length < 2 || chosen.Configuration.NumWorkers is not { } workers || workers < counts.Max() || choice.RuledOut.Any(one => one.Configuration.NumWorkers > workers))
            return null;
        var next = Math.Min(2 * Math.Max(workers, 1), memory?.LargestNumWorkers ?? int.MaxValue);
        if (chosen.WaitFraction is { } little && little < LittleWait)
            return FormattableString.Invariant($"num_workers={workers} is the largest tried, and waits for data for only {Share(little)} of its time: more workers have no more than that to gain.");
        var gain = chosen.WaitFraction is { } wait and < 1
            ? $", and still waits for data for {Share(wait)} of its time: without waiting it would give {Quantity.Percent((1 / (1 - wait) - 1) * 100)} more" : "";
        return FormattableString.Invariant($"num_workers={workers} is the largest tried{gain}; {(next > workers ? $"try {next}" : "the memory of more is not there")}.");
    }

    private string? Pinning()
    {
        if (!without.Pins)
            return choice.Fitting.SelectMany(candidate => candidate.Rows).Any(row => row.Configuration.PinMemory is true) ? "pin_memory has no effect without CUDA." : null;
        if (chosen.Configuration.PinMemory is not { } pinned || choice.Fitting.FirstOrDefault(IsTwin) is not { } twin)
            return null;
        var figure = $"pin_memory={(pinned ? "false" : "true")} gives {Rate(twin)} samples/s";
        var loss = AdviceChoice.Loss(twin, chosen);
        return Math.Abs(loss) <= ties.Allowance(chosen, twin) ? $"{figure}: these trials cannot tell the two apart."
            : loss > 0 ? $"{figure}, {Quantity.Percent(loss * 100)} less."
            : null;

        bool IsTwin(Candidate other) => other.Configuration.PinMemory == !pinned && other.Configuration.Values.Count == chosen.Configuration.Values.Count
            && other.Configuration.Values.All(value => value.Key == AxisNames.PinMemory || (chosen.Configuration.Values.TryGetValue(value.Key, out var same) && same.Text == value.Value.Text));
    }

    /// <summary>A candidate that others' programs may have kept from being the best.</summary>
    private string? Disturbed()
    {
        var disturbed = choice.Fitting.Where(candidate => candidate != chosen && candidate.OtherShare > choice.LeastOtherShare + Bearing.Noticeable
                && candidate.Throughput < chosen.Throughput && candidate.GivenBack(choice.LeastOtherShare) > chosen.GivenBack(choice.LeastOtherShare))
            .MaxBy(candidate => candidate.OtherShare);
        return disturbed is null ? null
            : $"Others took {Share(disturbed.OtherShare)} of the machine while {Words(disturbed)} ran, and {Share(chosen.OtherShare)} at {Words(chosen)}: on a quiet machine it may be as fast.";
    }

    private string Memory(double peak)
    {
        var sentence = $"Its peak memory is {Quantity.Bytes(peak)}";
        if (context.Gates.PeakMemory.MaxBytes is { } most)
            sentence += $", within the {Quantity.Bytes(most)} of peak_memory.max";
        if (choice.Best != chosen && choice.Best.PeakBytes is { } other && Math.Abs(other - peak) > 0.02 * other)
            sentence += $"; {Words(choice.Best)} takes {Quantity.Bytes(other)}";
        return sentence + ".";
    }

    /// <summary>Why nothing is recommended where settings did not reach what they were for.</summary>
    public static string NotApplied(int configurations) =>
        $"The settings of {Quantity.Count(configurations, "configuration")} did not reach the loader that trains ({PyTorchDiagnostics.OverrideNotApplied.Code}): what was measured there is another configuration's.";

    private IEnumerable<string> RuledOut() => choice.RuledOut.GroupBy(one => one.Verdict).OrderByDescending(group => group.Key).Select(group => RuledOut([.. group]));

    private static string RuledOut(IReadOnlyList<ConfigurationVerdict> group)
    {
        var first = group[0];
        var megabytes = first.Verdict == VerdictKind.Foreseen && first.Medians.TryGetValue(MetricKeys.MemoryForeseenPeakMegabytes, out var foreseen) ? foreseen : first.PeakMegabytes;
        var peak = megabytes is { } known ? $" ({Quantity.Bytes(known * Mebibyte)})" : "";
        var others = group.Count == 1 ? "" : $" and {Quantity.Count(group.Count - 1, "other")}";
        var why = first.Verdict is VerdictKind.BlownUp or VerdictKind.Foreseen or VerdictKind.Failed or VerdictKind.ArgumentsRefused or VerdictKind.NotMeasured ? VerdictWords.Of(first.Verdict) : "memory does not fit";
        var words = string.Join(' ', first.Configuration.Values.Where(value => value.Key != AxisNames.Dataset).Select(value => $"{value.Key}={value.Value.Text}"));
        return $"Ruled out: {(words.Length == 0 ? first.Configuration.Name : words)}{others}, {why}{peak}.";
    }

    private static string Share(double? share) => Quantity.Percent((share ?? 0) * 100);
}
