using System.Globalization;

namespace Experiments.Slurm.Batches;

/// <summary>What the names of a batch's files say. Pure.</summary>
internal sealed class BatchFiles
{
    private readonly Dictionary<int, int> _started = [];
    private readonly HashSet<(int Task, int Attempt)> _ended = [];
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private readonly HashSet<(string Trial, int Attempt)> _results = [];
    private readonly HashSet<int> _lost = [];

    /// <summary>Whether the batch was called back.</summary>
    public bool IsRevoked { get; private set; }

    /// <summary>Reads the names.</summary>
    /// <param name="names">The names; others are skipped.</param>
    public static BatchFiles Of(IEnumerable<string> names)
    {
        var files = new BatchFiles();
        foreach (var name in names)
            files.Add(name.Split('.'));
        return files;
    }

    /// <summary>The latest attempt of a job that has started; null: none has.</summary>
    /// <param name="task">The job's index.</param>
    public int? AttemptOf(int task) => _started.TryGetValue(task, out var attempt) ? attempt : null;

    /// <summary>Whether the latest attempt of a job has ended by itself.</summary>
    /// <param name="task">The job's index.</param>
    public bool HasEnded(int task) => _started.TryGetValue(task, out var attempt) && _ended.Contains((task, attempt));

    /// <summary>Whether the launcher gave a job up.</summary>
    /// <param name="task">The job's index.</param>
    public bool IsLost(int task) => _lost.Contains(task);

    /// <summary>The latest attempt that started a trial; null: none has.</summary>
    /// <param name="trialId">The trial.</param>
    public int? RunningAttempt(string trialId) => _running.TryGetValue(trialId, out var attempt) ? attempt : null;

    /// <summary>The attempt whose result of a trial counts: the latest that started it, once that has ended it. What an earlier one writes afterwards counts no more.</summary>
    /// <param name="trialId">The trial.</param>
    public int? ResultAttempt(string trialId) => RunningAttempt(trialId) is { } attempt && _results.Contains((trialId, attempt)) ? attempt : null;

    private void Add(string[] parts)
    {
        switch (parts)
        {
            case ["revoked"]:
                IsRevoked = true;
                break;
            case [var task, "lost"] when Number(task) is { } index:
                _lost.Add(index);
                break;
            case [var task, var attempt, "start"] when Number(task) is { } index && Number(attempt) is { } number:
                _started[index] = Math.Max(number, _started.GetValueOrDefault(index));
                break;
            case [var task, var attempt, "end"] when Number(task) is { } index && Number(attempt) is { } number:
                _ended.Add((index, number));
                break;
            case [var trial, var attempt, "running"] when Number(attempt) is { } number:
                _running[trial] = Math.Max(number, _running.GetValueOrDefault(trial));
                break;
            case [var trial, var attempt, "result"] when Number(attempt) is { } number:
                _results.Add((trial, number));
                break;
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
