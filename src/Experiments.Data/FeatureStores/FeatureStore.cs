using Experiments.Data.Sources;

namespace Experiments.Data.FeatureStores;

/// <summary>
/// A folder of features of uneven length, for several modalities of the same samples. Features are mapped into memory and never read whole.
/// The format is described in docs/feature-store.md.
/// </summary>
public sealed class FeatureStore : IDisposable
{
    /// <summary>Name of the label's tensor in a batch: int64, the index of the class.</summary>
    public const string LabelField = "label";

    private readonly StoreDescription _description;
    private readonly SampleTable _table;
    private readonly Dictionary<string, ModalityArrays> _arrays;

    private FeatureStore(StoreDescription description, SampleTable table, Dictionary<string, ModalityArrays> arrays) =>
        (_description, _table, _arrays) = (description, table, arrays);

    /// <summary>Name of the dataset.</summary>
    public string Name => _description.Name;

    /// <summary>Number of samples, of all splits.</summary>
    public int Count => _description.Samples;

    /// <summary>Names of the classes, by index.</summary>
    public IReadOnlyList<string> Classes => _description.Classes;

    /// <summary>Modalities by name.</summary>
    public IReadOnlyDictionary<string, Modality> Modalities => _description.Modalities;

    /// <summary>What of the data is made up, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Synthetic => _description.Synthetic;

    /// <summary>Names of the samples, by index.</summary>
    public IReadOnlyList<string> SampleNames => _table.Names;

    /// <summary>Index of each sample's class, by the sample's index.</summary>
    public IReadOnlyList<int> Labels => _table.Labels;

    /// <summary>Opens a store and checks all of it but the features' values.</summary>
    /// <exception cref="DataFormatException">A file is missing or is not what it has to be.</exception>
    public static FeatureStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var description = StoreDescription.Read(folder);
        var table = SampleTable.Read(folder, description);
        var arrays = new Dictionary<string, ModalityArrays>(StringComparer.Ordinal);
        try
        {
            foreach (var (name, modality) in description.Modalities)
            {
                arrays.Add(name, ModalityArrays.Open(folder, name, modality, description.Samples));
            }
        }
        catch
        {
            Array.ForEach([.. arrays.Values], opened => opened.Frames.Dispose());
            throw;
        }

        return new FeatureStore(description, table, arrays);
    }

    /// <summary>Indexes of a split's samples, rising.</summary>
    public IReadOnlyList<int> Samples(Split split) => [.. Enumerable.Range(0, Count).Where(sample => _table.Splits[sample] == split)];

    /// <summary>Frames that a sample has of a modality.</summary>
    /// <exception cref="KeyNotFoundException">There is no such modality.</exception>
    public int Frames(string modality, int sample) => checked((int)(_arrays[modality].Offsets[sample + 1] - _arrays[modality].Offsets[sample]));

    /// <summary>All samples as a source of batches: each modality with its lengths and mask, and <see cref="LabelField"/>.</summary>
    /// <exception cref="ArgumentException">A modality is asked for that there is not.</exception>
    public ISampleSource Source(FeatureSelection? selection = null)
    {
        selection ??= new FeatureSelection();
        var columns = (selection.Modalities ?? [.. _description.Modalities.Keys]).Select(name => Features(name, selection));
        return new ColumnSource([.. columns, Column.Of<long>(LabelField, _table.Labels.Select(label => (long)label).ToArray())]);
    }

    /// <summary>A split's samples as a source of batches. Indexes of batches count within the split.</summary>
    /// <exception cref="ArgumentException">A modality is asked for that there is not.</exception>
    public ISampleSource Source(Split split, FeatureSelection? selection = null) => new SubsetSource(Source(selection), Samples(split));

    /// <summary>Ends the mappings. Loaders over the store must have been disposed.</summary>
    public void Dispose()
    {
        foreach (var arrays in _arrays.Values)
        {
            arrays.Frames.Dispose();
        }
    }

    private Column Features(string name, FeatureSelection selection)
    {
        if (!_arrays.TryGetValue(name, out var arrays))
        {
            throw new ArgumentException($"{Name} has no modality '{name}'; it has {string.Join(", ", _arrays.Keys)}.", nameof(selection));
        }

        var modality = _description.Modalities[name];
        var field = new FieldSpec
        {
            Name = name,
            Type = selection.Type,
            Shape = [selection.MaxFrames.GetValueOrDefault(name, modality.MaxFrames), modality.Features],
            Ragged = true,
            Padding = selection.Padding,
            Mask = selection.Masks,
        };
        return Column.Ragged(field, arrays.Frames, arrays.Offsets);
    }
}
