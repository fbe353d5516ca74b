using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Packaging;

/// <summary>The package as a stranger uses it: packed, referenced from a project elsewhere, with the README's first lines as its program.</summary>
[Trait("Category", "Package")]
public sealed partial class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_elsewhere_logs_a_run_by_the_lines_of_the_readme()
    {
        var project = FindProject();
        Assert.SkipWhen(project is null, "the sources are not there");

        // A version of its own: a package cache keeps the first package of a version for ever.
        var version = $"0.0.1-test.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";
        await DotnetAsync(_folder.FullName, "pack", project!, "-c", "Release", "-o", _folder.File("feed"), $"-p:PackageVersion={version}");
        var consumer = Directory.CreateDirectory(_folder.File("consumer")).FullName;
        await File.WriteAllTextAsync(Path.Combine(consumer, "Consumer.csproj"), Project(version), Cancellation);
        var readme = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(project!)!, "README.md"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(consumer, "Program.cs"), Example().Match(readme).Groups[1].Value, Cancellation);

        var output = await DotnetAsync(consumer, "run");

        Assert.Contains("run ", output, StringComparison.Ordinal);
        await using var store = MlflowStore.Open($"sqlite:///{consumer}/mlflow.db");
        var experiment = await store.FindExperimentAsync("my-experiment", Cancellation);
        var run = Assert.Single((await store.SearchRunsAsync(new RunQuery { ExperimentIds = [experiment!.Id] }, Cancellation)).Items);
        Assert.Equal(Entities.RunStatus.Finished, run.Status);
        Assert.Equal(10, (await store.GetMetricHistoryAsync(run.Id, "train/loss", Cancellation)).Count);
        Assert.Equal("notes/readme.txt", Assert.Single(await store.ListArtifactsAsync(run.Id, "notes", Cancellation)).Path);
        RemoveFromCache(version);
    }

    public void Dispose() => _folder.Dispose();

    private string Project(string version) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NuGetAudit>false</NuGetAudit>
            <RestoreAdditionalProjectSources>{_folder.File("feed")}</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Experiments.Mlflow" Version="{version}" />
          </ItemGroup>
        </Project>
        """;

    private static string? FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "Experiments.Mlflow", "Experiments.Mlflow.csproj");
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MLFLOW_", StringComparison.Ordinal) || key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{await error}");
        return output;
    }

    private static void RemoveFromCache(string version)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var package = Path.Combine(cache, "experiments.mlflow", version);
        if (Directory.Exists(package))
        {
            Directory.Delete(package, recursive: true);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
