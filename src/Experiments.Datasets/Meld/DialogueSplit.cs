using Experiments.Datasets.Randomness;
using Experiments.Datasets.Stores;
using Experiments.Datasets.Synthetic;

namespace Experiments.Datasets.Meld;

/// <summary>Divides utterances by dialogue, so that no scene is in two splits.</summary>
internal static class DialogueSplit
{
    /// <summary>The split of each utterance, as an index: dialogues in random order fill test, then dev; the others are train.</summary>
    public static int[] Of(IReadOnlyList<Utterance> utterances, long seed)
    {
        var dialogues = utterances.GroupBy(utterance => utterance.Dialogue).Select(group => (group.Key, Count: group.Count())).ToArray();
        new RandomStream(seed, StreamNumbers.Splits).Shuffle<(string, int)>(dialogues);
        var sizes = Splits.Sizes(utterances.Count);
        var splits = new Dictionary<string, int>(StringComparer.Ordinal);
        var (split, filled) = (sizes.Length - 1, 0);
        foreach (var (dialogue, count) in dialogues)
        {
            splits[dialogue] = split;
            filled += count;
            if (split > 0 && filled >= sizes[split])
                (split, filled) = (split - 1, 0);
        }

        return [.. utterances.Select(utterance => splits[utterance.Dialogue])];
    }

    /// <summary>Indices of a random part of the utterances, in their order, the splits in their proportions.</summary>
    public static int[] Choose(int[] splits, int samples, long seed)
    {
        var order = Enumerable.Range(0, splits.Length).ToArray();
        new RandomStream(seed, StreamNumbers.Subset).Shuffle<int>(order);
        var sizes = Splits.Sizes(Math.Min(samples, splits.Length));
        return [.. Enumerable.Range(0, sizes.Length).SelectMany(split => order.Where(i => splits[i] == split).Take(sizes[split])).Order()];
    }
}
