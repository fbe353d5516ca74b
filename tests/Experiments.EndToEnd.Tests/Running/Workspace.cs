namespace Experiments.EndToEnd.Tests.Running;

/// <summary>A user's folder, made for one test and deleted after it.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace() => Directory.CreateDirectory(Folder);

    /// <summary>For searches at any depth: <c>latest</c> leads to what lies beside it.</summary>
    public static EnumerationOptions AtAnyDepth { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "experiments-e2e-" + Path.GetRandomFileName());

    public string Write(string name, string content)
    {
        var file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>The one sweep of an experiment: a folder with a plan. One without it is what a kill left before the sweep began.</summary>
    public string SweepFolder(string experiment) =>
        Assert.Single(SweepFolders(experiment), folder => File.Exists(Path.Combine(folder, "plan.json")));

    /// <summary>All sweeps of an experiment, the oldest first; the link to the latest is none.</summary>
    public IReadOnlyList<string> SweepFolders(string experiment) =>
        [.. Directory.GetDirectories(Path.Combine(Folder, ".experiments", experiment)).Where(folder => new DirectoryInfo(folder).LinkTarget is null).Order(StringComparer.Ordinal)];

    public Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.StartAsync(Folder, arguments);

    public Task<ToolRun> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) => ToolRun.StartAsync(Folder, environment, arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
