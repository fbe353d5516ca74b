namespace Experiments.MSBuild.Incremental;

/// <summary>Notes what an experiment passed with. A run that fails, or is cut off, leaves no stamp: the next build runs it again.</summary>
internal sealed class Stamp(string folder, string definition)
{
    private readonly string _file = Path.Combine(folder, string.Concat(definition.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '.')) + ".passed");

    public bool Holds(string fingerprint) => File.Exists(_file) && File.ReadAllText(_file) == fingerprint;

    public void Remove()
    {
        if (File.Exists(_file))
            File.Delete(_file);
    }

    public void Write(string fingerprint)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{_file}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, fingerprint);
        File.Move(temporary, _file);
    }
}
