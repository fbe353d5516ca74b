using Experiments.Datasets.Randomness;
using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Synthetic;

/// <summary>A sample's class, split and length, before its content is made.</summary>
/// <param name="Class">Index of the class.</param>
/// <param name="Split">Index of the split.</param>
/// <param name="DurationSeconds">The duration in seconds.</param>
/// <param name="Words">Number of words.</param>
internal readonly record struct SampleDraw(int Class, int Split, double DurationSeconds, int Words)
{
    /// <summary>Draws all samples of a dataset: the class shares hold in every split as closely as whole numbers allow.</summary>
    public static SampleDraw[] DrawAll(SyntheticOptions options)
    {
        var profile = options.Profile;
        var durations = profile.Durations.Draw(options.Samples, options.Seed);
        var words = new RandomStream(options.Seed, StreamNumbers.Words);
        var draws = new List<SampleDraw>(options.Samples);
        var splits = Splits.Sizes(options.Samples);
        var left = Apportionment.AtLeastOne(profile.Classes.Select(c => c.Share), options.Samples);
        for (var split = splits.Length - 1; split >= 0; split--) // test and dev first; train takes what is left
        {
            var counts = split == 0 ? left : Apportionment.Of(left.Select(count => (double)count), splits[split]);
            for (var label = 0; label < counts.Length; label++)
            {
                for (var i = 0; i < counts[label]; i++)
                {
                    var duration = durations[draws.Count];
                    draws.Add(new SampleDraw(label, split, duration, DrawWords(ref words, duration * profile.WordsPerSecond)));
                }

                if (split > 0)
                    left[label] -= counts[label];
            }
        }

        var all = draws.ToArray();
        var order = new RandomStream(options.Seed, StreamNumbers.Labels);
        order.Shuffle<SampleDraw>(all);
        return all;
    }

    /// <summary>Frames of a modality: at least one, at most what the modality allows.</summary>
    public int Frames(ModalityDescription modality) =>
        Math.Clamp(modality.FramesPerSecond is { } rate ? (int)Math.Round(DurationSeconds * rate) : Words, 1, modality.MaxFrames);

    private static int DrawWords(ref RandomStream random, double expected) =>
        Math.Max(1, (int)Math.Round(expected * Math.Exp(0.45 * NormalQuantile.At(Math.Max(random.NextDouble(), 1e-9)))));
}
