namespace Experiments.Datasets.Stores;

/// <summary>
/// Makes samples on all cores and writes them in order, block by block: memory stays at one block, whatever the number of samples.
/// </summary>
internal sealed class BlockWriter(FeatureStoreWriter writer, IReadOnlyList<ModalityDescription> modalities)
{
    private const int BlockSamples = 16;

    private readonly float[][][] buffers =
        [.. Enumerable.Range(0, BlockSamples).Select(_ => modalities.Select(_ => Array.Empty<float>()).ToArray())];

    /// <summary>Writes samples.</summary>
    /// <param name="samples">Their rows.</param>
    /// <param name="frames">Number of frames of a sample's modality.</param>
    /// <param name="fill">Fills the frames of a sample's modality; called on several threads.</param>
    /// <param name="progress">Told the number of samples written.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public void Write(IReadOnlyList<StoredSample> samples, Func<int, int, int> frames, FillFrames fill, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        for (var start = 0; start < samples.Count; start += BlockSamples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = start;
            var filled = new ReadOnlyMemory<float>[Math.Min(BlockSamples, samples.Count - first)][];
            Parallel.For(0, filled.Length, i => filled[i] = [.. modalities.Select((modality, m) => Fill(first, i, m))]);
            for (var i = 0; i < filled.Length; i++)
                writer.Append(samples[first + i], filled[i]);
            progress?.Report(writer.Count);
        }

        ReadOnlyMemory<float> Fill(int first, int i, int m)
        {
            var values = frames(first + i, m) * modalities[m].Features;
            if (buffers[i][m].Length < values)
                buffers[i][m] = new float[values];
            fill(first + i, m, buffers[i][m].AsSpan(0, values));
            return buffers[i][m].AsMemory(0, values);
        }
    }
}
