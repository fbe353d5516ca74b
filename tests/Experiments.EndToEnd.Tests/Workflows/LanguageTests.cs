using System.Diagnostics;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Workflows;

/// <summary>What <c>init --ci</c> writes, read as the services read it: by GitHub's own parser, by GitLab's schema, and all of it by a reader of YAML.</summary>
public sealed class LanguageTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public LanguageTests() => _workspace.Write("experiments/small.yaml", Trainings.Definition);

    public void Dispose() => _workspace.Dispose();

    [LinuxTheory]
    [InlineData("")]
    [InlineData("requirements.txt")]
    [InlineData("pyproject.toml app.csproj")]
    public async Task GitHub_reads_the_workflows(string files)
    {
        var place = await PlaceAsync();
        await InitAsync("github", files);
        var workflows = Directory.GetFiles(Path.Combine(_workspace.Folder, ".github", "workflows"));
        Assert.Equal(3, workflows.Length);

        var (exitCode, output) = await RunAsync(_workspace.Folder, "node", [Script, place, .. workflows]);
        Assert.True(exitCode == 0, output);

        var nightly = workflows.Single(file => file.EndsWith("nightly.yml", StringComparison.Ordinal));
        foreach (var (right, wrong, message) in new[] { ("runs-on:", "runs_on:", "Unexpected value 'runs_on'"), ("needs: shard", "needs: shards", "shards"), ("github.token", "github.token ==", "Unexpected end of expression") })
        {
            var bad = _workspace.Write("bad.yml", (await File.ReadAllTextAsync(nightly, TestContext.Current.CancellationToken)).Replace(right, wrong, StringComparison.Ordinal));
            var red = await RunAsync(_workspace.Folder, "node", [Script, place, bad]);
            Assert.True(red.ExitCode == 1 && red.Output.Contains(message, StringComparison.Ordinal), red.Output);
        }
    }

    [LinuxFact]
    public async Task GitHub_reads_this_repositorys_workflows()
    {
        var (exitCode, output) = await RunAsync(_workspace.Folder, "node", [Script, await PlaceAsync(), .. Directory.GetFiles(RepositoryFolder.Combine(".github", "workflows"))]);
        Assert.True(exitCode == 0, output);
    }

    [LinuxTheory]
    [InlineData("", "schedule", "experiments-shard experiments-verdict")]
    [InlineData("requirements.txt", "merge_request_event", "experiments-merge-request")]
    public async Task GitLab_reads_the_jobs_by_its_schema(string files, string source, string jobs)
    {
        var place = await PlaceAsync();
        await InitAsync("gitlab", files);
        await CommitAsync();

        string[] list = [Path.Combine(place, "node_modules", ".bin", "gitlab-ci-local"), "--list-csv", "--cwd", ".", "--variable", $"CI_PIPELINE_SOURCE={source}"];
        var (exitCode, output) = await RunAsync(_workspace.Folder, "node", list);
        Assert.True(exitCode == 0 && output.Contains("json schema validated", StringComparison.Ordinal), output);
        Assert.Equal(jobs, string.Join(' ', output.Split('\n').Where(line => line.StartsWith("experiments-", StringComparison.Ordinal)).Select(line => line.Split(';', ':')[0]).Distinct().Order(StringComparer.Ordinal)));

        var file = Path.Combine(_workspace.Folder, ".gitlab", "experiments.gitlab-ci.yml");
        _workspace.Write(".gitlab/experiments.gitlab-ci.yml", (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("expire_in:", "expires:", StringComparison.Ordinal));
        await CommitAsync();
        var red = await RunAsync(_workspace.Folder, "node", list);
        Assert.True(red.ExitCode != 0 && red.Output.Contains("expires", StringComparison.Ordinal), red.Output);
    }

    [Theory]
    [InlineData("github", 3)]
    [InlineData("gitlab", 2)]
    [InlineData("azure", 3)]
    public async Task What_is_there_stays_and_the_rest_is_yaml_without_a_gap(string system, int count)
    {
        await InitAsync(system, "requirements.txt app.sln");
        var files = Directory.GetFiles(_workspace.Folder, "*.yml", SearchOption.AllDirectories);
        Assert.Equal(count, files.Length);
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.IsType<Dictionary<object, object>>(new YamlDotNet.Serialization.DeserializerBuilder().Build().Deserialize<object>(text));
            Assert.DoesNotMatch(@"(?<!\$)\{\{", text);
        }

        await File.WriteAllTextAsync(files[0], "mine", TestContext.Current.CancellationToken);
        var again = await _workspace.RunAsync("init", "--ci", system);
        Assert.Equal(count, again.Lines.Count(line => line.EndsWith(" is there already; it was not touched", StringComparison.Ordinal)));
        Assert.Equal("mine", await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_definition_there_is_nothing_to_run()
    {
        Directory.Delete(Path.Combine(_workspace.Folder, "experiments"), recursive: true);
        var run = await _workspace.RunAsync("init", "--ci", "github");
        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("error EXP1036: there is no experiments/*.yaml", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, ".github")));
    }

    private static string Script => RepositoryFolder.Combine("tests", "Experiments.EndToEnd.Tests", "Workflows", "parse.mjs");

    private static async Task<string> PlaceAsync()
    {
        var (exitCode, output) = await RunAsync(RepositoryFolder.Path, "bash", ["build/ci-languages.sh", "--where"]);
        Requirement.Met("ci-languages", exitCode == 0, "no parsers of workflows: build/ci-languages.sh installs them from npm");
        return output.Trim();
    }

    private async Task InitAsync(string system, string files)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _workspace.Write(file, "");
        var run = await _workspace.RunAsync("init", "--ci", system, "--shards", "3");
        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
    }

    private async Task CommitAsync()
    {
        if (!Directory.Exists(Path.Combine(_workspace.Folder, ".git")))
        {
            await Git.RunAsync(_workspace.Folder, "init", "-q");
            await Git.RunAsync(_workspace.Folder, "remote", "add", "origin", "https://gitlab.example/team/trainings.git");
        }

        await Git.RunAsync(_workspace.Folder, "add", "-A");
        await Git.RunAsync(_workspace.Folder, "commit", "-q", "-m", "Begin");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0] + texts[1]);
    }
}
