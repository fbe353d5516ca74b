using System.Globalization;
using Experiments.Core.Results;

namespace Experiments.Bench.Scripts;

/// <summary>What a script's own clock wrote while one trial ran.</summary>
internal sealed class OwnClock
{
    private const int WarmUpSteps = 2;
    private readonly List<Mark> _marks;

    private OwnClock(List<Mark> marks) => _marks = marks;

    /// <summary>Samples a second over the whole epochs, and where there are none, over the steps that were measured.</summary>
    public double? Rate(bool ofEpochs, int steps) => ofEpochs && Epochs is { } rate ? rate : Steps(steps);

    /// <summary>Those after warm-up, where there are any.</summary>
    private double? Epochs
    {
        get
        {
            if (_marks.LastOrDefault(mark => mark.EndsEpoch) is not { Spent: > 0 } last)
                return null;
            var cold = _marks.Skip(WarmUpSteps).First(mark => mark.EndsEpoch);
            return cold == last ? last.Samples / last.Spent : (last.Samples - cold.Samples) / (last.Spent - cold.Spent);
        }
    }

    /// <summary>The clock of a trial: the file whose times lie within it, and of several processes that trained at once that of the one that was measured: the others' events have their ids.</summary>
    public static OwnClock? Of(TrialResult trial, string folder)
    {
        var (from, to) = (trial.StartedAt.ToUnixTimeMilliseconds() / 1e3, trial.StartedAt.AddSeconds(trial.DurationSeconds + 1).ToUnixTimeMilliseconds() / 1e3);
        var others = Directory.GetFiles(folder, "events.jsonl.pid*", SearchOption.AllDirectories).Where(file => file.Contains(trial.TrialId, StringComparison.Ordinal))
            .Select(file => Path.GetExtension(file)[".pid".Length..]).ToHashSet(StringComparer.Ordinal);
        return Directory.GetFiles(folder, "clock.*").Where(file => !others.Contains(Path.GetExtension(file)[1..])).Select(file => File.ReadLines(file).Select(Mark.Parse).ToList())
            .Where(marks => marks.Count > 0 && marks[0].At >= from && marks[0].At <= to).Select(marks => new OwnClock(marks)).FirstOrDefault();
    }

    private double? Steps(int measured)
    {
        var steps = _marks.Where(mark => !mark.EndsEpoch).Take(WarmUpSteps + measured).ToList();
        return steps.Count > WarmUpSteps
            ? (steps[^1].Samples - steps[WarmUpSteps - 1].Samples) / (steps[^1].Spent - steps[WarmUpSteps - 1].Spent)
            : null;
    }

    private sealed record Mark(bool EndsEpoch, double Samples, double Spent, double At)
    {
        public static Mark Parse(string line)
        {
            var words = line.Split(' ');
            return new Mark(words[0] == "epoch", Number(words[1]), Number(words[2]), Number(words[3]));
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
