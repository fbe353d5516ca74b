using Experiments.Core.Diagnostics;

namespace Experiments.Slurm.Cluster;

/// <summary>Knows which jobs live: one question for all of them, at growing intervals. That Slurm does not answer means nothing about a job.</summary>
/// <param name="client">Asks.</param>
/// <param name="time">The clock.</param>
/// <param name="note">Hears, once each, that Slurm does not answer, and for what jobs wait.</param>
internal sealed class JobWatch(SlurmClient client, TimeProvider time, Action<Diagnostic> note)
{
    private readonly PollPace _pace = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private Dictionary<(string Name, int Task), QueueEntry> _entries = [];
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>How often Slurm has answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Whether it answered the last time.</summary>
    public bool IsAnswering { get; private set; }

    /// <summary>A job; null where Slurm does not know it, or has not answered yet.</summary>
    /// <param name="name">The name of its array.</param>
    /// <param name="task">Its index.</param>
    public QueueEntry? Of(string name, int task) => _entries.GetValueOrDefault((name, task));

    /// <summary>Asks, if it is time to.</summary>
    /// <param name="names">The names of the arrays.</param>
    /// <param name="hasChanged">Whether the files told news: then the queue has some too.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task LookAsync(IReadOnlyCollection<string> names, bool hasChanged, CancellationToken cancellationToken)
    {
        if (names.Count == 0 || (time.GetUtcNow() < _next && !hasChanged))
            return;
        var answer = await AskAsync(client, names, cancellationToken).ConfigureAwait(false);
        IsAnswering = answer.IsGood;
        var before = _entries;
        if (answer.IsGood)
        {
            Answers++;
            _entries = QueueEntry.Parse(answer.Output).GroupBy(entry => (entry.Name, entry.Task)).ToDictionary(same => same.Key, same => same.Last());
            TellWhatWaits();
        }
        else if (_told.Add(SlurmDiagnostics.Unreachable.Code))
        {
            note(SlurmDiagnostics.Unreachable.Warning($"squeue: {answer.Complaint}; results are taken from the folder meanwhile"));
        }

        _pace.Look(hasChanged || !before.Values.Order(Comparer).SequenceEqual(_entries.Values.Order(Comparer)));
        _next = time.GetUtcNow() + _pace.Current;
    }

    /// <summary>Asks for all jobs of some names, those that ended not long ago included.</summary>
    internal static Task<SlurmAnswer> AskAsync(SlurmClient client, IEnumerable<string> names, CancellationToken cancellationToken) =>
        client.AskAsync("squeue", ["--noheader", "--array", "--states=all", $"--name={string.Join(',', names)}", $"--format={QueueEntry.Format}"], cancellationToken);

    private static Comparer<QueueEntry> Comparer { get; } = Comparer<QueueEntry>.Create((one, other) => (one.Name, one.Task).CompareTo((other.Name, other.Task)));

    private void TellWhatWaits()
    {
        foreach (var stuck in _entries.Values.Where(entry => entry.IsStuck).GroupBy(entry => entry.Reason, StringComparer.Ordinal))
        {
            if (_told.Add(stuck.Key))
                note(SlurmDiagnostics.Waiting.Warning(FormattableString.Invariant($"{stuck.Count()} of the jobs wait: {stuck.Key}")));
        }
    }
}
