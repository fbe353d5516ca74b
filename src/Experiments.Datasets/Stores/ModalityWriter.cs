namespace Experiments.Datasets.Stores;

/// <summary>The two files of a modality: frames and offsets.</summary>
internal sealed class ModalityWriter : IDisposable
{
    private readonly ModalityDescription modality;
    private readonly NpyWriter<float> frames;
    private readonly NpyWriter<long> offsets;

    public ModalityWriter(string folder, ModalityDescription modality)
    {
        this.modality = modality;
        frames = new NpyWriter<float>(Path.Combine(folder, modality.Name + ".npy"), modality.Features);
        offsets = new NpyWriter<long>(Path.Combine(folder, modality.Name + "_offsets.npy"));
        offsets.Append([0]);
    }

    public void Check(string sample, ReadOnlySpan<float> values)
    {
        if (values.Length % modality.Features != 0)
            throw new ArgumentException($"Sample '{sample}' has {values.Length} values of {modality.Name}, which is no whole number of frames of {modality.Features}.");
        if (values.Length / modality.Features > modality.MaxFrames)
            throw new ArgumentException($"Sample '{sample}' has {values.Length / modality.Features} frames of {modality.Name}; the store's most is {modality.MaxFrames}.");
        if (!Finite.All(values))
            throw new ArgumentException($"Sample '{sample}' has a value of {modality.Name} that is not finite.");
    }

    public void Append(ReadOnlySpan<float> values)
    {
        frames.Append(values);
        offsets.Append([frames.Rows]);
    }

    public void Complete()
    {
        frames.Complete();
        offsets.Complete();
    }

    public void Dispose()
    {
        frames.Dispose();
        offsets.Dispose();
    }
}
