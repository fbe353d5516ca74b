using Experiments.Datasets.Randomness;

namespace Experiments.Datasets.Synthetic;

/// <summary>
/// Frames of one modality: <c>signal · μ(class) + speaker offset + noise</c>, all Gaussian. The noise of single frames averages out over an
/// utterance; the offset, drawn once a sample, does not, and makes the classes overlap.
/// </summary>
internal sealed class ContentModel
{
    private const float SpeakerScale = 0.2f, NoiseScale = 0.8f;
    private readonly int modality;
    private readonly int features;
    private readonly long seed;
    private readonly float[][] classMeans;

    /// <param name="modality">Number of the modality, which names its random streams.</param>
    /// <param name="features">Values a frame.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="signal">Standard deviation of the class means; 0 for content that says nothing of the class.</param>
    /// <param name="seed">The dataset's seed.</param>
    public ContentModel(int modality, int features, int classes, float signal, long seed)
    {
        this.modality = modality;
        this.features = features;
        this.seed = seed;
        classMeans = new float[classes][];
        for (var label = 0; label < classes; label++)
        {
            var random = new RandomStream(seed, StreamNumbers.ClassMeans, modality, label);
            classMeans[label] = new float[features];
            Gaussian.Fill(ref random, classMeans[label]);
            Gaussian.ScaleAndAdd(classMeans[label], signal, new float[features]);
        }
    }

    /// <summary>Fills the frames of a sample; they depend on the seed, the sample's number and its class alone.</summary>
    public void Fill(int sample, int label, Span<float> frames)
    {
        var random = new RandomStream(seed, StreamNumbers.Content, modality, sample);
        var center = new float[features];
        Gaussian.Fill(ref random, center);
        Gaussian.ScaleAndAdd(center, SpeakerScale, classMeans[label]);
        for (; frames.Length > 0; frames = frames[features..])
        {
            var frame = frames[..features];
            Gaussian.Fill(ref random, frame);
            Gaussian.ScaleAndAdd(frame, NoiseScale, center);
        }
    }
}
