namespace Experiments.Tool.Running;

/// <summary>
/// JSON on standard output: always one document. One definition gives its own, several give a list of those that have one; of the others standard error
/// tells why not.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="isList">Whether several definitions were asked for.</param>
internal sealed class JsonDocuments(TextWriter output, bool isList) : IDisposable
{
    private readonly List<string> _documents = [];

    /// <summary>Adds a definition's document.</summary>
    public void Add(string json) => _documents.Add(json.TrimEnd());

    /// <summary>Prints them.</summary>
    public void Dispose()
    {
        if (isList)
            output.Write(_documents.Count == 0 ? "[]\n" : $"[\n{string.Join(",\n", _documents)}\n]\n");
        else if (_documents.Count > 0)
            output.Write(_documents[0] + "\n");
    }
}
