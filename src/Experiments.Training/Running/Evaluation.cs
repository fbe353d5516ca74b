using System.Text.Json.Nodes;

namespace Experiments.Training.Running;

/// <summary>Right and wrong predictions by class.</summary>
internal sealed class Evaluation(IReadOnlyList<string> classes)
{
    private readonly SortedDictionary<long, (int Right, int Total)> byClass = [];

    public int Samples => byClass.Values.Sum(count => count.Total);

    /// <summary>Share of right predictions, 0 to 1.</summary>
    public double Accuracy => Samples == 0 ? double.NaN : byClass.Values.Sum(count => count.Right) / (double)Samples;

    /// <summary>What naming the most frequent class each time would reach, 0 to 1.</summary>
    public double MajorityShare => Samples == 0 ? double.NaN : byClass.Values.Max(count => count.Total) / (double)Samples;

    public void Add(ReadOnlySpan<long> labels, ReadOnlySpan<long> predictions)
    {
        if (labels.Length != predictions.Length)
            throw new InvalidOperationException($"The task predicted {predictions.Length} classes for {labels.Length} samples.");
        for (var i = 0; i < labels.Length; i++)
        {
            var (right, total) = byClass.GetValueOrDefault(labels[i]);
            byClass[labels[i]] = (right + (labels[i] == predictions[i] ? 1 : 0), total + 1);
        }
    }

    public JsonObject ToJson() => new()
    {
        ["samples"] = Samples,
        ["accuracy"] = Samples == 0 ? null : Accuracy,
        ["majorityShare"] = Samples == 0 ? null : MajorityShare,
        ["classes"] = new JsonArray([.. byClass.Select(pair => new JsonObject
        {
            ["class"] = pair.Key < classes.Count ? classes[(int)pair.Key] : pair.Key.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["samples"] = pair.Value.Total,
            ["right"] = pair.Value.Right,
        })]),
    };
}
