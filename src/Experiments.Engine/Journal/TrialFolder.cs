namespace Experiments.Engine.Journal;

/// <summary>The files of one trial.</summary>
/// <param name="Path">Absolute path of the folder.</param>
public sealed record TrialFolder(string Path)
{
    /// <summary>What the trial reported about itself, a JSON line an event.</summary>
    public string Events => System.IO.Path.Combine(Path, "events.jsonl");

    /// <summary>Memory and CPU over time.</summary>
    public string Telemetry => System.IO.Path.Combine(Path, "telemetry.csv");

    /// <summary>All of its standard output.</summary>
    public string StandardOutput => System.IO.Path.Combine(Path, "stdout.log");

    /// <summary>All of its standard error.</summary>
    public string StandardError => System.IO.Path.Combine(Path, "stderr.log");

    /// <summary>Its result.</summary>
    public string Result => System.IO.Path.Combine(Path, "result.json");

    /// <summary>A script that runs it by hand, outside the sweep.</summary>
    public string Script => System.IO.Path.Combine(Path, "command.sh");

    /// <summary>The folder of what it wants to keep.</summary>
    public string Artifacts => System.IO.Path.Combine(Path, "artifacts");

    /// <summary>Makes the folder anew; what an interrupted run of the trial left is deleted, or moved aside where it cannot be, as a file whose name is not UTF-8.</summary>
    internal void Create()
    {
        if (Directory.Exists(Path))
            Remove();
        Directory.CreateDirectory(Artifacts);
    }

    /// <summary>Puts the details of a fault of ours where those who mend it find them.</summary>
    /// <param name="exception">The fault.</param>
    /// <returns>The end of a sentence that names the file; empty where it cannot be written.</returns>
    internal string Keep(Exception exception)
    {
        try
        {
            var file = System.IO.Path.Combine(Path, "experiments-failure.log");
            File.WriteAllText(file, exception.ToString());
            return $"; details: {file}";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Remove()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var number = 1;
            while (System.IO.Path.Exists(Aside(number)))
                number++;
            Directory.Move(Path, Aside(number));
        }
    }

    private string Aside(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}.left-{number}");
}
