using System.Text;

namespace Experiments.Definitions.Tests;

/// <summary>A folder of its own with the files that the definitions of the tests name.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace()
    {
        Folder = Directory.CreateTempSubdirectory("definitions-").FullName;
        Write("run.py");
        Write("train.sh");
        Write("my.dll");
        Write("data/meld-da/dataset.json");
        Write("data/mintrec/dataset.json");
        Directory.CreateDirectory(Path.Combine(Folder, "data", "empty"));
    }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text = "") => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public DefinitionReading Read(string text, string name = "x.yaml") => DefinitionReader.Parse(Encoding.UTF8.GetBytes(text), PathOf(name));

    /// <summary>The diagnostics' canonical lines, with the folder left out.</summary>
    public string[] Mistakes(string text, string name = "x.yaml") => Lines(Read(text, name));

    public string[] Lines(DefinitionReading reading) =>
        [.. reading.Diagnostics.Select(diagnostic => diagnostic.ToString().Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
