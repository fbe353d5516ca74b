using System.Globalization;
using System.Text.Json;
using Experiments.Core.Events;
using Experiments.Core.Tuning;

namespace Experiments.PyTorch.Segments;

/// <summary>Reads what the probe says of segments.</summary>
public static class SegmentEvents
{
    private const string Beginning = "segments";
    private const string Ended = "segment";

    /// <summary>What the probe says of the loader before the first segment; null for another event.</summary>
    /// <param name="event">The event.</param>
    public static SwappableLoader? TryReadLoader(TrialEvent @event)
    {
        if (@event is not PhaseEvent { Name: Beginning, Details: var details })
            return null;
        using var own = JsonDocument.Parse(details.GetValueOrDefault("own", "{}"));
        var isBoundToEpochs = details.GetValueOrDefault("mode") == "epochs";
        return new SwappableLoader
        {
            Own = new LoaderSetting(Number(own.RootElement, "num_workers") ?? 0, Number(own.RootElement, "prefetch_factor"), IsTrue(own.RootElement, "pin_memory")),
            CanSwap = details.GetValueOrDefault("mode") is "steps" or "epochs",
            IsBoundToEpochs = isBoundToEpochs,
            Reason = details.GetValueOrDefault("reason") is { } reason and not "null" ? reason : null,
            HasDevice = details.GetValueOrDefault("cuda") == "true",
            IsIterable = details.GetValueOrDefault("iterable") == "true",
        };
    }

    /// <summary>The segment that ended; null for another event, or another segment's.</summary>
    /// <param name="event">The event.</param>
    /// <param name="number">The number of the instruction.</param>
    /// <param name="asked">What was asked for: setting and block.</param>
    public static SegmentResult? TryReadSegment(TrialEvent @event, long number, SegmentResult asked)
    {
        if (@event is not PhaseEvent { Name: Ended, Details: var details } || (long)Figure(details, "serial") != number)
            return null;
        return asked with
        {
            Error = details.GetValueOrDefault("error"),
            Steps = (int)Figure(details, "steps"),
            Samples = (long)Figure(details, "samples"),
            Batches = (int)Figure(details, "batches"),
            Seconds = Figure(details, "seconds"),
            WaitSeconds = Figure(details, "wait_s"),
            CpuSeconds = Figure(details, "cpu_s"),
            Drained = (int)Figure(details, "drained"),
            StartSeconds = Figure(details, "start_s"),
        };
    }

    private static double Figure(IReadOnlyDictionary<string, string> details, string name) =>
        double.TryParse(details.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static int? Number(JsonElement own, string name) =>
        own.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static bool IsTrue(JsonElement own, string name) => own.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
