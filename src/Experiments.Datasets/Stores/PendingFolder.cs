namespace Experiments.Datasets.Stores;

/// <summary>A folder that is filled under a temporary name and then gets its own.</summary>
internal sealed class PendingFolder : IDisposable
{
    private readonly string final;

    public PendingFolder(string final)
    {
        this.final = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(final));
        ThrowIfTaken();
        Path = $"{this.final}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Publish()
    {
        ThrowIfTaken();
        if (Directory.Exists(final))
            Directory.Delete(final);
        Directory.Move(Path, final);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private void ThrowIfTaken()
    {
        if (File.Exists(final) || (Directory.Exists(final) && Directory.EnumerateFileSystemEntries(final).Any()))
            throw new IOException($"'{final}' is there already and not empty; remove it or name another folder.");
    }
}
