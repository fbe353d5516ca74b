using System.Diagnostics;
using System.Reflection;
using Experiments.MSBuild.Incremental;

namespace Experiments.MSBuild.Tests.Builds;

/// <summary>A folder of its own with a project that has the package's targets and a stand-in for the experiments command.</summary>
internal sealed class BuildFolder : IDisposable
{
    private static readonly string Targets = typeof(BuildFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Targets").Value!;

    public BuildFolder(string content)
    {
        Folder = Directory.CreateTempSubdirectory("experiments-msbuild-").FullName;
        Write("test.proj", Project(content));
        Environment["EXPERIMENTS_FAKE_LOG"] = Path.Combine(Folder, "calls.log");
    }

    public string Folder { get; }

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The command lines that the stand-in was called with.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Environment["EXPERIMENTS_FAKE_LOG"]) ? File.ReadAllLines(Environment["EXPERIMENTS_FAKE_LOG"]) : [];

    /// <summary>A project that has the package's targets.</summary>
    public static string Project(string content)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/<project>/<configuration>
        return $"""
            <Project DefaultTargets="Build">
              <PropertyGroup>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <ExperimentsTaskAssembly>{typeof(Stamp).Assembly.Location}</ExperimentsTaskAssembly>
                <ExperimentsToolPath>{Path.Combine(output.Parent!.Parent!.FullName, "Experiments.FakeTool", output.Name, "Experiments.FakeTool.dll")}</ExperimentsToolPath>
              </PropertyGroup>
              <Import Project="{Targets}.props" />
              {content}
              <Target Name="Build">
                <Message Importance="high" Text="built $(MSBuildProjectName)" />
              </Target>
              <Import Project="{Targets}.targets" />
            </Project>
            """;
    }

    /// <summary>A file of the package.</summary>
    public static string PackageFile(string name) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Targets)!, "..", name));

    public void Write(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>What the stand-in prints from now on.</summary>
    public void Reply(string lines)
    {
        Write("reply.txt", lines);
        Environment["EXPERIMENTS_FAKE_OUTPUT"] = Path.Combine(Folder, "reply.txt");
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "-nologo", "-nodeReuse:false", "-tl:off", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
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
