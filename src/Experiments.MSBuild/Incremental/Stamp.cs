namespace Experiments.MSBuild.Incremental;

/// <summary>A note about an experiment, such as what it passed with. A run that fails, or is cut off, leaves none: the next build runs it again.</summary>
internal sealed class Stamp(string folder, string definition, string kind = "passed")
{
    private readonly string _file = Path.Combine(folder, string.Concat(definition.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '.')) + "." + kind);

    public string? Read() => File.Exists(_file) ? File.ReadAllText(_file) : null;

    public void Remove()
    {
        if (File.Exists(_file))
            File.Delete(_file);
    }

    public void Write(string text)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{_file}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, text);
        Remove();
        File.Move(temporary, _file);
    }
}
