using System.Diagnostics;

namespace Experiments.Packages.Tests.Packing;

/// <summary>A user's folder outside the repository, with a NuGet cache that is empty and a feed that has the packed packages and nothing else.</summary>
internal sealed class UserFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("experiments-user-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly string _version;

    public UserFolder(PackedFeed feed, string? sample = null)
    {
        _version = feed.Version;
        Path = System.IO.Path.Combine(_root, sample ?? "project");
        Directory.CreateDirectory(Path);
        if (sample is not null)
            CopySample(sample);
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{feed.Folder}" />
              </packageSources>
            </configuration>
            """);
        _environment = new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = System.IO.Path.Combine(_root, "packages"),
            ["DOTNET_CLI_HOME"] = System.IO.Path.Combine(_root, "home"),
            ["XDG_DATA_HOME"] = System.IO.Path.Combine(_root, "data"),
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["NO_COLOR"] = "1",
            ["MLFLOW_TRACKING_URI"] = "sqlite:///mlflow.db",
        };
    }

    public string Path { get; }

    public Dictionary<string, string> Environment => _environment;

    /// <summary>Where <c>dotnet tool install --global</c> puts programs.</summary>
    public string Tools => System.IO.Path.Combine(_root, "home", ".dotnet", "tools");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    public void Edit(string name, string old, string now)
    {
        var text = System.IO.File.ReadAllText(File(name));
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(name), text.Replace(old, now, StringComparison.Ordinal));
    }

    public Process Start(params string[] arguments) => Process.Start(Shell.Start(Path, _environment, "dotnet", arguments))!;

    public Task<(int ExitCode, string Output)> DotNetAsync(params string[] arguments) => Shell.RunAsync(Shell.Start(Path, _environment, "dotnet", arguments));

    public async Task<string> SucceedAsync(params string[] arguments) => Succeeded(await DotNetAsync(arguments), "dotnet", arguments);

    /// <summary>The tool that <c>dotnet tool install --global</c> has put into this user's home.</summary>
    public async Task<string> ExperimentsAsync(params string[] arguments) =>
        Succeeded(await Shell.RunAsync(Shell.Start(Path, _environment, System.IO.Path.Combine(Tools, "experiments"), arguments)), "experiments", arguments);

    /// <summary>Journals of the sweeps of an experiment: one line a finished trial.</summary>
    public IReadOnlyList<string> Journals(string experiment)
    {
        var folder = File($".experiments/{experiment}");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "journal.jsonl", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }) : [];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Copies a sample as a user does, with the version of the packed packages, into the folder or one below it.</summary>
    public void CopySample(string sample, string folder = "")
    {
        var source = Repository.Combine("samples", sample);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(source, file);
            if (name.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "tools" or ".experiments" or "__pycache__"))
                continue;
            Write(System.IO.Path.Combine(folder, name), System.IO.File.ReadAllText(file).Replace(Repository.Version, _version, StringComparison.Ordinal));
        }
    }

    private static string Succeeded((int ExitCode, string Output) run, string program, string[] arguments)
    {
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {run.ExitCode}:\n{run.Output}");
        return run.Output;
    }
}
