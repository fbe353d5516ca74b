using System.Diagnostics;
using System.Reflection;

namespace Cake.Experiments.Tests.Scripts;

/// <summary>A folder of its own with a Cake script that has the built addin and a stand-in for the experiments command.</summary>
internal sealed class CakeBuild : IDisposable
{
    private static readonly string Cake = typeof(CakeBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Cake").Value!;

    public CakeBuild(string script)
    {
        Folder = Directory.CreateTempSubdirectory("cake-experiments-").FullName;
        Write("build.cake", $"#r \"{typeof(ExperimentAliases).Assembly.Location}\"\n{script.ReplaceLineEndings("\n")}\n");
        Environment["EXPERIMENTS_TOOL"] = FakeTool;
        Environment["EXPERIMENTS_FAKE_LOG"] = Path.Combine(Folder, "calls.log");
    }

    public string Folder { get; }

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The command lines that the stand-in was called with.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Environment["EXPERIMENTS_FAKE_LOG"]) ? File.ReadAllLines(Environment["EXPERIMENTS_FAKE_LOG"]) : [];

    private static string FakeTool
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/<project>/<configuration>
            return Path.Combine(output.Parent!.Parent!.FullName, "Experiments.FakeTool", output.Name, "Experiments.FakeTool.dll");
        }
    }

    public void Write(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Cake, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
