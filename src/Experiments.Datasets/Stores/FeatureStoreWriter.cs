using CsvHelper;

namespace Experiments.Datasets.Stores;

/// <summary>
/// Writes a ragged feature store sample by sample: memory does not grow with the store. The files are written to a temporary folder
/// beside the final one, which appears whole or not at all.
/// </summary>
/// <example>
/// <code>
/// using var writer = new FeatureStoreWriter(folder, description);
/// writer.Append(sample, [text, video, audio]);
/// writer.Complete();
/// </code>
/// </example>
public sealed class FeatureStoreWriter : IDisposable
{
    private readonly PendingFolder folder;
    private readonly StoreDescription description;
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> classes;
    private readonly List<ModalityWriter> modalities = [];
    private readonly CsvWriter samples;

    /// <summary>Starts a store.</summary>
    /// <param name="folder">The store's folder; it must not exist, or be empty.</param>
    /// <param name="description">What the store holds.</param>
    /// <exception cref="IOException">The folder holds something already.</exception>
    /// <exception cref="ArgumentException">The description has no classes or no modalities, or names one twice.</exception>
    public FeatureStoreWriter(string folder, StoreDescription description)
    {
        Check(description);
        this.description = description;
        classes = description.Classes.ToHashSet(StringComparer.Ordinal);
        this.folder = new PendingFolder(folder);
        samples = CsvWriter.ToFile(Path.Combine(this.folder.Path, "samples.csv"), new CsvWriterOptions { NewLine = "\n" });
        modalities.AddRange(description.Modalities.Select(modality => new ModalityWriter(this.folder.Path, modality)));
        samples.WriteRecord(["sample", "split", "label", .. description.Columns]);
    }

    /// <summary>Samples written so far.</summary>
    public int Count => ids.Count;

    /// <summary>Appends a sample.</summary>
    /// <param name="sample">Its name, split and label.</param>
    /// <param name="frames">Its frames, row after row, one memory for each modality in the description's order; an empty one means no frames.</param>
    /// <exception cref="ArgumentException">The name was used before, split or label are unknown, or frames are not whole, too many or not finite.</exception>
    public void Append(StoredSample sample, IReadOnlyList<ReadOnlyMemory<float>> frames)
    {
        if (frames.Count != modalities.Count)
            throw new ArgumentException($"Sample '{sample.Id}' has {frames.Count} modalities; the store has {modalities.Count}.", nameof(frames));
        if (!Splits.Names.Contains(sample.Split, StringComparer.Ordinal))
            throw new ArgumentException($"Sample '{sample.Id}' has the split '{sample.Split}'; it can be {string.Join(", ", Splits.Names)}.", nameof(sample));
        if (!classes.Contains(sample.Label))
            throw new ArgumentException($"Sample '{sample.Id}' has the label '{sample.Label}', which is no class of the store.", nameof(sample));
        if (sample.Columns.Count != description.Columns.Count)
            throw new ArgumentException($"Sample '{sample.Id}' has {sample.Columns.Count} further columns; the store has {description.Columns.Count}.", nameof(sample));
        for (var i = 0; i < frames.Count; i++)
            modalities[i].Check(sample.Id, frames[i].Span);
        if (!ids.Add(sample.Id))
            throw new ArgumentException($"The sample '{sample.Id}' is there already.", nameof(sample));
        for (var i = 0; i < frames.Count; i++)
            modalities[i].Append(frames[i].Span);
        samples.WriteRecord([sample.Id, sample.Split, sample.Label, .. sample.Columns]);
    }

    /// <summary>Writes the headers and <c>dataset.json</c>, and gives the folder its name.</summary>
    /// <exception cref="IOException">Another process made the folder meanwhile.</exception>
    public void Complete()
    {
        foreach (var modality in modalities)
            modality.Complete();
        Dispose(disposeFolder: false);
        File.WriteAllText(Path.Combine(folder.Path, "dataset.json"), StoreDescriptionJson.Write(description, Count));
        folder.Publish();
    }

    /// <summary>Closes the files, and removes them unless the store was completed.</summary>
    public void Dispose() => Dispose(disposeFolder: true);

    private void Dispose(bool disposeFolder)
    {
        samples.Dispose();
        foreach (var modality in modalities)
            modality.Dispose();
        if (disposeFolder)
            folder.Dispose();
    }

    private static void Check(StoreDescription description)
    {
        if (description.Classes.Count == 0 || description.Classes.Distinct(StringComparer.Ordinal).Count() != description.Classes.Count)
            throw new ArgumentException("A store has at least one class, and each once.", nameof(description));
        var names = description.Modalities.Select(modality => modality.Name).ToList();
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("A store has at least one modality, and each once.", nameof(description));
    }
}
