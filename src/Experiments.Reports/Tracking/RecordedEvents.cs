using Experiments.Core.Events;

namespace Experiments.Reports.Tracking;

/// <summary>The events that a trial left in its folder.</summary>
internal static class RecordedEvents
{
    public static IEnumerable<TrialEvent> Read(string trialFolder)
    {
        var file = Path.Combine(trialFolder, "events.jsonl");
        return File.Exists(file) ? Parse(File.ReadAllBytes(file)) : [];
    }

    private static IEnumerable<TrialEvent> Parse(byte[] content)
    {
        for (var start = 0; start < content.Length;)
        {
            var length = content.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? content.Length : start + length;
            if (TrialEventJson.Read(content.AsSpan(start, end - start).TrimEnd((byte)'\r')) is { } value)
                yield return value;
            start = end + 1;
        }
    }
}
