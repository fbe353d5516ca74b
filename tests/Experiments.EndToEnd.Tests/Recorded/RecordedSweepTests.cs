using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Recorded;

/// <summary>
/// Sweeps that really ran, each with its definition and, where it was compared, the baseline: judged again they get the same verdicts, diagnostics, advice and
/// exit codes as on the day when they were recorded. EXPERIMENTS_REWRITE_GOLDEN=1 rewrites what is expected; a change of it is a change of what users see.
/// </summary>
public sealed class RecordedSweepTests
{
    private static readonly string Sweeps = RepositoryFolder.Combine("tests", "Experiments.EndToEnd.Tests", "Recorded", "Sweeps");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Sweeps).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recorded_sweep_is_judged_as_before(string name)
    {
        using var workspace = new Workspace();
        CopyTo(workspace, name);

        var gate = await workspace.RunAsync("gate", "definition.yaml");
        var advice = await workspace.RunAsync("advise", "definition.yaml", "--num_workers", "3", "--num_workers", "32");

        Matches(name, "verdict.txt", $"{gate.Output}{gate.Error}exit code {gate.ExitCode}\n");
        Matches(name, "advice.txt", $"{advice.Output}{advice.Error}exit code {advice.ExitCode}\n");
        Matches(name, "assessment.json", Assessment(workspace, name));
    }

    /// <summary>The folder of a sweep as a user has it, without the files that no judge reads.</summary>
    private static void CopyTo(Workspace workspace, string name)
    {
        var recorded = File.ReadAllText(Path.Combine(Sweeps, name, "results.json"));
        var id = (string)JsonNode.Parse(recorded)!["sweep"]!["sweepId"]!;
        workspace.Write(Path.Combine(".experiments", name, id, "plan.json"), "{}");
        workspace.Write(Path.Combine(".experiments", name, id, "results.json"), recorded);
        workspace.Write("train.py", ""); // a script has to be there
        workspace.Write("definition.yaml", File.ReadAllText(Path.Combine(Sweeps, name, "definition.yaml")));
        var baselines = Path.Combine(Sweeps, name, "baselines");
        foreach (var file in Directory.Exists(baselines) ? Directory.GetFiles(baselines) : [])
            workspace.Write(Path.Combine("baselines", Path.GetFileName(file)), File.ReadAllText(file));
    }

    /// <summary>What was judged, without the medians: they are measurements, and the sweep's file has those.</summary>
    private static string Assessment(Workspace workspace, string name)
    {
        var assessment = JsonNode.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder(name), "results.json")))!["assessment"]!;
        foreach (var configuration in assessment["configurations"]!.AsArray())
            configuration!.AsObject().Remove("medians");
        return assessment.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static void Matches(string name, string file, string actual)
    {
        var path = Path.Combine(Sweeps, name, "expected", file);
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing; run with EXPERIMENTS_REWRITE_GOLDEN=1");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
