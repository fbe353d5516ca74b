namespace Experiments.Datasets.Synthetic;

/// <summary>Synthetic datasets that are made once and found again, by several processes at once too.</summary>
public static class DatasetCache
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Whether a dataset is there already.</summary>
    /// <param name="options">Which dataset.</param>
    /// <param name="root">The cache's folder.</param>
    public static bool Has(SyntheticOptions options, string root) => IsComplete(Path.Combine(root, options.CacheName));

    /// <summary>The folder of a dataset, which is made where it is not there.</summary>
    /// <param name="options">Which dataset.</param>
    /// <param name="root">The cache's folder; it is made where it is not there.</param>
    /// <param name="progress">Told the number of samples written; may be null.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer samples than classes.</exception>
    /// <exception cref="IOException">The disk is full or may not be written to.</exception>
    public static string GetOrCreate(SyntheticOptions options, string root, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(root, options.CacheName);
        if (IsComplete(folder))
            return folder;
        Directory.CreateDirectory(root);
        RemoveAbandoned(root, options.CacheName);
        try
        {
            SyntheticDataset.Create(options, folder, progress, cancellationToken);
        }
        catch (IOException) when (IsComplete(folder))
        {
            // Another process was faster; equal options make equal bytes.
        }

        return folder;
    }

    // A store appears whole: its description is written last, and the folder moved after that.
    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, "dataset.json"));

    /// <summary>What a killed process left unfinished.</summary>
    private static void RemoveAbandoned(string root, string name)
    {
        foreach (var folder in Directory.EnumerateDirectories(root, name + ".*.tmp"))
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Abandoned)
                Directory.Delete(folder, recursive: true);
    }
}
