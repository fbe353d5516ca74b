using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.EndToEnd.Tests.Running;
using Microsoft.Extensions.FileSystemGlobbing;
using YamlDotNet.Serialization;

namespace Experiments.EndToEnd.Tests.Workflows;

/// <summary>
/// Runs a workflow of GitHub Actions on this machine: its <c>run:</c> steps by bash as the service does, jobs of a matrix in parallel, each job in a clone of its own; artifacts
/// and caches are folders. What it does not know of the language fails the test.
/// </summary>
internal sealed partial class WorkflowRun(string folder, string origin)
{
    private readonly string _bin = Path.Combine(folder, "bin");
    private readonly string _artifacts = Path.Combine(folder, $"artifacts-{Guid.NewGuid():N}");
    private readonly string _caches = Directory.CreateDirectory(Path.Combine(folder, "caches")).FullName;

    /// <summary>Values of expressions, such as <c>github.run_id</c>.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal) { ["github.run_attempt"] = "1", ["vars.MLFLOW_TRACKING_URI"] = "" };

    /// <summary>Variables of every step.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>The branch that is checked out.</summary>
    public string Branch { get; init; } = "main";

    /// <summary>What the steps printed, by job.</summary>
    public Dictionary<string, string> Output { get; } = new(StringComparer.Ordinal);

    /// <summary>What the jobs' pages show.</summary>
    public string Summary => string.Concat(Directory.GetFiles(folder, "summary-*").Select(File.ReadAllText));

    /// <summary>Runs it.</summary>
    /// <param name="file">The workflow, in the repository.</param>
    /// <returns>Whether each job succeeded.</returns>
    public async Task<IReadOnlyDictionary<string, bool>> RunAsync(string file)
    {
        MakeDotNet();
        var clone = await CloneAsync("read");
        var workflow = (Dictionary<object, object>)new DeserializerBuilder().Build().Deserialize<object>(await File.ReadAllTextAsync(Path.Combine(clone, file)))!;
        var succeeded = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, value) in Map(workflow["jobs"])) // a job stands behind those that it needs
        {
            var job = Map(value);
            if (job.TryGetValue("needs", out var needs))
                Assert.True(succeeded.ContainsKey((string)needs), $"{name} stands before {needs}");
            var runs = job.TryGetValue("strategy", out var strategy)
                ? ((List<object>)Map(Map(strategy)["matrix"])["shard"]).Select(shard => JobAsync($"{name}-{shard}", job, (string)shard)).ToArray()
                : [JobAsync((string)name, job, null)];
            succeeded[(string)name] = (await Task.WhenAll(runs)).All(one => one);
        }

        return succeeded;
    }

    private async Task<bool> JobAsync(string name, Dictionary<object, object> job, string? shard)
    {
        var values = new Dictionary<string, string>(Values) { ["matrix.shard"] = shard ?? "" };
        var place = Path.Combine(folder, $"{name}-{Guid.NewGuid():N}");
        var output = new StringWriter();
        var isGreen = true;
        foreach (var step in ((List<object>)job["steps"]).Select(Map))
        {
            if (!IsRun(step.TryGetValue("if", out var condition) ? (string)condition : null, isGreen))
                continue;
            if (step.TryGetValue("uses", out var action))
            {
                await ActAsync((string)action, step.TryGetValue("with", out var with) ? Map(with).ToDictionary(one => (string)one.Key, one => Filled((string)one.Value, values)) : [], place);
                continue;
            }

            var variables = new[] { job, step }.Where(one => one.ContainsKey("env")).SelectMany(one => Map(one["env"])).Select(one => ((string)one.Key, Filled((string)one.Value, values)));
            var exitCode = await ShellAsync(Filled((string)step["run"], values), place, name, variables, output);
            isGreen &= exitCode == 0 || step.ContainsKey("continue-on-error");
        }

        lock (Output)
            Output[name] = output.ToString();
        return isGreen;
    }

    private static bool IsRun(string? condition, bool isGreen) => condition switch
    {
        null => isGreen,
        "${{ !cancelled() }}" => true,
        "${{ !cancelled() && vars.MLFLOW_TRACKING_URI != '' }}" => false,
        _ => throw new NotSupportedException(condition),
    };

    private static string Filled(string text, Dictionary<string, string> values) =>
        Expression().Replace(text, match => values.TryGetValue(match.Groups[1].Value, out var value) ? value : throw new NotSupportedException(match.Value));

    private async Task ActAsync(string action, Dictionary<string, string> with, string place)
    {
        switch (action)
        {
            case "actions/checkout@v4":
                await CloneAsync(Path.GetFileName(place));
                break;
            case "actions/setup-dotnet@v4":
                break;
            case "actions/upload-artifact@v4":
                Assert.True(!with["path"].StartsWith('.') || with["include-hidden-files"] == "true", "hidden files are left out by default");
                Upload(place, with["path"], Path.Combine(_artifacts, with["name"]));
                break;
            case "actions/download-artifact@v4":
                foreach (var artifact in Directory.GetDirectories(_artifacts, with["pattern"]))
                    Copy(artifact, Path.Combine(place, with["path"], Path.GetFileName(artifact)));
                break;
            case "actions/cache/restore@v4":
                var latest = Directory.GetDirectories(_caches, with["restore-keys"] + "*").OrderByDescending(Directory.GetCreationTimeUtc).FirstOrDefault();
                if (latest is not null)
                    Copy(latest, Path.Combine(place, with["path"]));
                break;
            case "actions/cache/save@v4":
                Copy(Path.Combine(place, with["path"]), Path.Combine(_caches, with["key"]));
                break;
            default:
                throw new NotSupportedException(action);
        }
    }

    private async Task<string> CloneAsync(string name)
    {
        var place = Path.Combine(folder, name);
        await Git.RunAsync(folder, "clone", "-q", "-b", Branch, origin, place);
        return place;
    }

    /// <summary>https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell.</summary>
    private async Task<int> ShellAsync(string script, string place, string job, IEnumerable<(string Name, string Value)> variables, StringWriter output)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.sh");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", file]) { WorkingDirectory = place, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MLFLOW_TRACKING_URI");
        start.Environment["PATH"] = $"{_bin}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["GITHUB_ACTIONS"] = "true";
        start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(folder, $"summary-{job}");
        start.Environment["GITHUB_OUTPUT"] = Path.Combine(folder, $"output-{job}");
        foreach (var (name, value) in Variables.Select(one => (one.Key, one.Value)).Concat(variables))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        output.Write(string.Create(CultureInfo.InvariantCulture, $"$ {script}\n{printed[0]}{printed[1]}exit code {process.ExitCode}\n"));
        return process.ExitCode;
    }

    /// <summary><c>dotnet experiments</c> is what was built here, and there is nothing to restore.</summary>
    private void MakeDotNet()
    {
        Directory.CreateDirectory(_bin);
        var real = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "/usr/bin/env -S dotnet";
        var shim = Path.Combine(_bin, "dotnet");
        File.WriteAllText(shim, $$"""
            #!/bin/sh
            PATH=${PATH#*:}
            case "$1" in
              experiments) shift; exec {{real}} exec '{{BuiltProgram.PathOf("Experiments.Tool")}}' "$@" ;;
              tool) [ "$*" = "tool restore" ] ;;
              *) exit 99 ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private static void Upload(string place, string paths, string target)
    {
        if (!paths.Contains('*', StringComparison.Ordinal))
        {
            Copy(Path.Combine(place, paths), target);
            return;
        }

        var matcher = new Matcher();
        matcher.AddIncludePatterns(paths.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var files = matcher.GetResultsInFullPath(place).ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var copy = Path.Combine(target, Path.GetRelativePath(place, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    [GeneratedRegex(@"\$\{\{ ([a-zA-Z_.]+) \}\}")]
    private static partial Regex Expression();
}
