using System.Text.RegularExpressions;

namespace Experiments.MSBuild.Tests.Builds;

/// <summary>Builds of a solution of which some projects have the package and others have not.</summary>
public sealed partial class SolutionTests : IDisposable
{
    private readonly BuildFolder _build = new("");

    public SolutionTests()
    {
        foreach (var name in new[] { "first", "second" })
        {
            _build.Write($"{name}/{name}.csproj", BuildFolder.Project("""<ItemGroup><Experiment Include="experiments/*.yaml" /></ItemGroup>"""));
            _build.Write($"{name}/experiments/{name}.yaml", $"name: {name}\n");
        }

        _build.Write("empty/empty.csproj", BuildFolder.Project("")); // has the package, but no experiment
        _build.Write("without/without.csproj", """<Project><Target Name="Build"><Message Importance="high" Text="built without" /></Target></Project>""");
        _build.Write("all.slnx", """
            <Solution>
              <Project Path="first/first.csproj" />
              <Project Path="second/second.csproj" />
              <Project Path="empty/empty.csproj" />
              <Project Path="without/without.csproj" />
            </Solution>
            """);
        _build.Write("Directory.Solution.targets", BuildFolder.PackageFile("solution/Directory.Solution.targets"));
    }

    public void Dispose() => _build.Dispose();

    [Fact]
    public async Task Projects_without_the_package_are_skipped_and_a_red_sweep_keeps_no_other_from_running()
    {
        _build.Environment["EXPERIMENTS_FAKE_EXIT"] = "first=1";
        _build.Reply("experiments/first.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB\n");

        var (exitCode, output) = await _build.RunAsync("all.slnx", "-t:Sweep", "-m");

        Assert.Equal(1, exitCode);
        Assert.Equal(["run experiments/first.yaml --stop-when-stdin-closes", "run experiments/second.yaml --stop-when-stdin-closes"], _build.Calls);
        Assert.DoesNotContain("MSB4", output, StringComparison.Ordinal); // MSB4057: no such target; MSB4181: a task failed and did not say why
        Assert.DoesNotContain("There is no experiment", output, StringComparison.Ordinal);
        Assert.All(["first", "second", "empty", "without"], name => Assert.InRange(output.IndexOf($"built {name}", StringComparison.Ordinal), 0, output.IndexOf("EXP2001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Plan", "plan")]
    [InlineData("Gate", "gate")]
    [InlineData("Baseline", "baseline accept")]
    public async Task The_other_targets_reach_the_same_projects(string target, string command)
    {
        var (exitCode, output) = await _build.RunAsync("all.slnx", $"-t:{target}", "-m");

        Assert.True(exitCode == 0, output);
        Assert.Equal([$"{command} experiments/first.yaml", $"{command} experiments/second.yaml"], _build.Calls);
    }

    [Fact]
    public async Task GitHub_s_matcher_finds_a_diagnostic_in_the_folder_of_its_project()
    {
        _build.Reply("experiments/first.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB\n");

        var (_, output) = await _build.RunAsync("all.slnx", "-t:Sweep");

        var match = SetupDotnet().Match(output);
        Assert.Equal(("experiments/first.yaml", "21", "EXP2001", "first"), (match.Groups[1].Value, match.Groups[2].Value, match.Groups[4].Value, Path.GetFileName(Path.GetDirectoryName(match.Groups[6].Value))));
    }

    // https://github.com/actions/setup-dotnet/blob/main/.github/csc.json
    [GeneratedRegex(@"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d+):\s*(.*?)\s+\[(.*?)\]$", RegexOptions.Multiline)]
    private static partial Regex SetupDotnet();
}
