using System.Text.Json;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Which runs a sweep has been given, and which of them are complete: known without asking the store, which may be away. A trial that was cut
/// off runs again as a further attempt, in a run of its own.
/// </summary>
internal sealed class TrackingLedger
{
    private readonly string path;
    private readonly Dictionary<string, Attempt> attempts = new(StringComparer.Ordinal);

    public TrackingLedger(string path)
    {
        this.path = path;
        if (!File.Exists(path))
            return;
        var content = File.ReadAllText(path);
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Parse(line) is { } entry)
                Apply(entry);
        if (content.Length > 0 && content[^1] != '\n')
            File.AppendAllText(path, "\n"); // the last line was torn
    }

    /// <summary>Whether an earlier process recorded here.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Trials whose last attempt was started and not ended.</summary>
    public IReadOnlyList<string> OpenTrials => [.. attempts.Where(pair => pair.Value.State == LedgerEvent.TrialStarted).Select(pair => pair.Key)];

    /// <summary>The trial's last attempt, from 1; 0: there was none.</summary>
    public int AttemptOf(string trialId) => attempts.TryGetValue(trialId, out var attempt) ? attempt.Number : 0;

    public DateTimeOffset StartOf(string trialId) => DateTimeOffset.FromUnixTimeMilliseconds(attempts[trialId].StartedAtMs);

    public bool IsOpen(string trialId) => attempts.TryGetValue(trialId, out var attempt) && attempt.State == LedgerEvent.TrialStarted;

    public bool IsRecorded(string trialId) => attempts.TryGetValue(trialId, out var attempt) && attempt.State == LedgerEvent.TrialRecorded;

    public void StartSweep() => Write(new LedgerEntry(LedgerEvent.SweepStarted));

    public void StartTrial(string trialId, DateTimeOffset startedAt) =>
        Write(new LedgerEntry(LedgerEvent.TrialStarted, trialId, startedAt.ToUnixTimeMilliseconds()));

    public void EndTrial(string trialId, bool killed) => Write(new LedgerEntry(killed ? LedgerEvent.TrialKilled : LedgerEvent.TrialRecorded, trialId));

    /// <summary>Takes nothing for recorded, so that all is recorded again, into the same runs.</summary>
    public void Doubt()
    {
        foreach (var (trialId, attempt) in attempts.Where(pair => pair.Value.State == LedgerEvent.TrialRecorded).ToList())
            attempts[trialId] = attempt with { State = LedgerEvent.TrialStarted };
    }

    private void Write(LedgerEntry entry)
    {
        File.AppendAllText(path, JsonSerializer.Serialize(entry, LedgerJson.Default.LedgerEntry) + "\n");
        Apply(entry);
    }

    private void Apply(LedgerEntry entry)
    {
        IsResumed = true;
        if (entry.Trial is not { } trialId)
            return;
        if (entry.Event == LedgerEvent.TrialStarted)
            attempts[trialId] = new Attempt(AttemptOf(trialId) + 1, entry.StartedAtMs ?? 0, entry.Event);
        else if (attempts.TryGetValue(trialId, out var attempt))
            attempts[trialId] = attempt with { State = entry.Event };
    }

    private static LedgerEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null; // torn by the end of the process; the trial it told of is recorded again
        }
    }

    private sealed record Attempt(int Number, long StartedAtMs, LedgerEvent State);
}
