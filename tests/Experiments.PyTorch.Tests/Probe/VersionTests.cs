using System.Text;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>The probe on every Python of this machine from 3.8 on, with the signatures of old and new torch.</summary>
public sealed class VersionTests
{
    private static readonly string Standin = Path.Combine(AppContext.BaseDirectory, "standin");

    public static TheoryData<string, string, int> Cases { get; } = new(
        from python in Pythons()
        from torch in new[] { "1.8.0", "2.6.0" }
        from workers in new[] { 0, 2 }
        select (python, torch, workers));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Old_and_new_versions_are_steered_and_measured(string python, string torch, int workers)
    {
        Assert.SkipUnless(python.Length > 0, "no Python is installed");
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = "versions.py", Python = python, PythonPath = Standin,
            PythonOptions = ["-W", "error"],
            Environment = new Dictionary<string, string> { ["STANDIN_TORCH"] = torch, ["EXPERIMENTS_PROBE_DEBUG"] = "1" },
            Settings = new ProbeSettings { NumWorkers = workers, PinMemory = false, PrefetchFactor = 5 },
        });
        Assert.Equal("", result.Error);
        var prefetch = workers > 0 ? "5" : torch[0] == '1' ? "2" : "None";
        var settings = $"{workers} {prefetch} {(workers > 0 ? "True" : "False")}";
        Assert.Equal($"0 [8, 8, 8, 6] {settings}\n1 [8, 8, 8, 6] {settings}\n", Encoding.UTF8.GetString(result.Output));
        Assert.Equal((8, 60, torch), (result.Record.Steps, result.Record.Samples, result.Record.TorchVersion));
    }

    private static List<string> Pythons()
    {
        var versions = Enumerable.Range(8, 8).Select(minor => $"python3.{minor}").ToList();
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => !folder.Contains("shims", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("PYENV_ROOT") is { Length: > 0 } pyenv && Directory.Exists(Path.Combine(pyenv, "versions")))
            folders = folders.Concat(Directory.GetDirectories(Path.Combine(pyenv, "versions")).Select(folder => Path.Combine(folder, "bin")));
        var found = folders.SelectMany(folder => versions.Select(version => Path.Combine(folder, version))).Where(File.Exists)
            .DistinctBy(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : [""];
    }
}
