using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary><c>experiments baseline</c>: which sweeps become the baseline, and what is shown of it before.</summary>
public sealed class BaselineTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_sweep_that_is_filtered_sharded_failed_or_blown_up_is_refused_and_the_baseline_stays()
    {
        await RunAsync(0);
        Assert.Equal(0, (await AcceptAsync()).ExitCode);
        var first = Sweep();

        await RunAsync(0, "--filter", "num_workers=0");
        await RefusedAsync("of the matrix it did not measure 1 configuration: num_workers=2 pin_memory=false");
        await RunAsync(0, "--shard", "1/2");
        await RefusedAsync("of the matrix it did not measure 1 configuration: num_workers=2");
        _workspace.Write("train.sh", $"[ $EXPERIMENTS_AXIS_NUM_WORKERS = 2 ] && exit 3\n{Trainings.Good}");
        await RunAsync(3);
        await RefusedAsync("its verdict is failed (EXP3001: ");
        _workspace.Write("small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 100KiB", StringComparison.Ordinal));
        _workspace.Write("train.sh", Trainings.Good);
        Assert.Equal(1, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);
        await RefusedAsync("its verdict is blown up (EXP2001: ");
        _workspace.Write("small.yaml", Trainings.Definition);
        await RefusedAsync("its verdict is blown up (EXP2001: "); // what was judged counts, until somebody judges it again
        Assert.Equal(0, (await _workspace.RunAsync("gate", "small.yaml")).ExitCode);
        Assert.Equal(first, Sweep());

        Assert.Equal(0, (await AcceptAsync()).ExitCode);
        Assert.NotEqual(first, Sweep());
    }

    [Fact]
    public async Task What_accepting_would_change_is_shown_as_a_table_and_as_a_document_and_changes_nothing()
    {
        await RunAsync(0);
        var none = await _workspace.RunAsync("baseline", "show", "small.yaml");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("error EXP2005: no baseline of small for the machine ", none.Output, StringComparison.Ordinal);
        Assert.Contains("would be the first", (await _workspace.RunAsync("baseline", "diff", "small.yaml")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AcceptAsync("--reason", "the first one")).ExitCode);
        var before = File.ReadAllText(Baseline());

        _workspace.Write("train.sh", Trainings.Good.Replace("0.0100", "0.0200", StringComparison.Ordinal));
        await RunAsync(1, "--filter", "num_workers=0");
        var table = await _workspace.RunAsync("baseline", "diff", "small.yaml");
        var document = JsonNode.Parse((await _workspace.RunAsync("baseline", "diff", "small.yaml", "--output", "json")).Output)!;

        Assert.Equal(0, table.ExitCode);
        Assert.Contains(table.Lines, line => line.Contains("num_workers=0 pin_memory=false", StringComparison.Ordinal) && line.Contains("-50 %", StringComparison.Ordinal));
        Assert.Contains(table.Lines, line => line.Contains("num_workers=2 pin_memory=false", StringComparison.Ordinal) && line.TrimEnd().EndsWith("lost", StringComparison.Ordinal));
        Assert.Contains(table.Lines, line => line.StartsWith("needs --reason: ", StringComparison.Ordinal));
        Assert.Equal(["kept", "lost"], document["configurations"]!.AsArray().Select(one => (string?)one!["change"]));
        Assert.InRange((double)document["configurations"]![0]!["samplesPerSecond"]!["changePercent"]!, -52, -48);
        Assert.NotEmpty(document["objections"]!.AsArray());
        Assert.Equal(before, File.ReadAllText(Baseline()));

        var shown = await _workspace.RunAsync("baseline", "show", "small.yaml");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains(": the first one", shown.Lines[0], StringComparison.Ordinal);
        Assert.Contains(shown.Lines, line => line.Contains("num_workers=2 pin_memory=false", StringComparison.Ordinal));
        var read = JsonNode.Parse((await _workspace.RunAsync("baseline", "show", "small.yaml", "--output", "json")).Output)!;
        Assert.Equal("the first one", (string?)read["reason"]);
    }

    [Fact]
    public async Task A_baseline_of_an_earlier_version_is_compared_with_and_replaced_where_it_lies()
    {
        await RunAsync(0);
        Assert.Equal(0, (await AcceptAsync()).ExitCode);
        var baseline = JsonNode.Parse(File.ReadAllText(Baseline()))!;
        baseline["machine"]!["id"] = "1c-1g-000000"; // as it was made of .NET's version and whole GiB
        baseline["machine"]!["runtime"] = ".NET 9.0.1";
        File.Delete(Baseline());
        _workspace.Write("baselines/small.1c-1g-000000.json", baseline.ToJsonString());

        _workspace.Write("train.sh", Trainings.Good.Replace("0.0100", "0.0200", StringComparison.Ordinal));
        var slow = await _workspace.RunAsync("run", "small.yaml");

        Assert.Equal(1, slow.ExitCode);
        Assert.Contains("error EXP2003", slow.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AcceptAsync("--reason", "checksums")).ExitCode);
        Assert.Equal("small.1c-1g-000000.json", Path.GetFileName(Baseline()));
    }

    [Fact]
    public async Task A_named_pool_has_its_own_baseline_and_history_on_whatever_machine()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition + "\nmachine: ci-large\n");
        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);
        Assert.Equal(0, (await AcceptAsync()).ExitCode);
        Assert.Equal("small.ci-large.json", Path.GetFileName(Baseline()));
        var baseline = JsonNode.Parse(File.ReadAllText(Baseline()))!;
        baseline["machine"]!["cpu"] = "another machine of the pool";
        File.WriteAllText(Baseline(), baseline.ToJsonString());

        var compared = await _workspace.RunAsync("run", "small.yaml");
        Assert.Contains("Verdict: pass (", compared.Output, StringComparison.Ordinal);
        Assert.StartsWith("small on ci-large: 2 sweeps", (await _workspace.RunAsync("history", "small.yaml")).Lines[0], StringComparison.Ordinal);

        var elsewhere = await _workspace.RunAsync("run", "small.yaml", "--machine", "desk");
        Assert.Contains("warning EXP2005: no baseline of small for the machine desk", elsewhere.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _workspace.RunAsync("run", "small.yaml", "--machine", "../desk")).ExitCode);
    }

    [Fact]
    public async Task Resume_without_an_id_continues_the_latest_sweep_only_and_names_another()
    {
        await RunAsync(0);
        var old = Path.GetFileName(_workspace.SweepFolder("small"));
        CutOff(old);
        await RunAsync(0);

        var refused = await _workspace.RunAsync("resume", "small.yaml");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"is finished; to continue an earlier one name it: experiments resume --sweep {old}", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml", "--resume", old)).ExitCode);

        _workspace.SweepFolders("small").Where(sweep => Path.GetFileName(sweep) != old).ToList().ForEach(sweep => Directory.Delete(sweep, recursive: true));
        CutOff(old, year: "2025");
        var abandoned = await _workspace.RunAsync("resume", "small.yaml");
        Assert.Equal(2, abandoned.ExitCode);
        Assert.Contains($"days ago; to continue it all the same name it: experiments resume --sweep {old}", abandoned.Output, StringComparison.Ordinal);
    }

    /// <summary>Leaves one trial of a sweep, and says perhaps that it ran in another year.</summary>
    private void CutOff(string sweep, string? year = null)
    {
        var folder = Path.Combine(_workspace.Folder, ".experiments", "small", sweep);
        File.Delete(Path.Combine(folder, "results.json"));
        var journal = Path.Combine(folder, "journal.jsonl");
        File.WriteAllText(journal, File.ReadAllLines(journal)[0] + "\n");
        if (year is null)
            return;
        foreach (var file in new[] { journal, Path.Combine(folder, "plan.json") })
            File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "(\"startedAt\": ?\")\\d{4}", "${1}" + year));
    }

    private async Task RunAsync(int exitCode, params string[] more)
    {
        if (!File.Exists(Path.Combine(_workspace.Folder, "train.sh")))
            _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
        var run = await _workspace.RunAsync(["run", "small.yaml", .. more]);
        Assert.True(run.ExitCode == exitCode, run.ToString());
    }

    private async Task RefusedAsync(string why)
    {
        var refused = await AcceptAsync();
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("error EXP2015: sweep ", refused.Output, StringComparison.Ordinal);
        Assert.Contains(why, refused.Output, StringComparison.Ordinal);
    }

    private Task<ToolRun> AcceptAsync(params string[] more) => _workspace.RunAsync(["baseline", "accept", "small.yaml", .. more]);

    private string Baseline() => Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, "baselines")));

    private string? Sweep() => (string?)JsonNode.Parse(File.ReadAllText(Baseline()))!["sweepId"];
}
