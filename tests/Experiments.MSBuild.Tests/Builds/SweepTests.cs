namespace Experiments.MSBuild.Tests.Builds;

/// <summary>Whole builds by the real MSBuild.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly BuildFolder _build = new("""<ItemGroup><Experiment Include="experiments/*.yaml" /></ItemGroup>""");

    public SweepTests() => _build.Write("experiments/a.yaml", "name: a\ntrain: {pytorch: run.py}\n");

    public void Dispose() => _build.Dispose();

    [Fact]
    public async Task A_failed_gate_is_an_error_at_the_definitions_line()
    {
        _build.Environment["EXPERIMENTS_FAKE_EXIT"] = "1";
        _build.Reply("experiments/a.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB at num_workers=16\n");

        var (exitCode, output) = await _build.RunAsync("-t:Sweep", "-v:quiet");

        Assert.Equal(1, exitCode);
        Assert.Contains("experiments/a.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB at num_workers=16", output, StringComparison.Ordinal);
        Assert.DoesNotContain("exit code", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_with_exit_code_zero_is_an_error_all_the_same()
    {
        _build.Reply("experiments/a.yaml(2,1): error EXP2001: too much\n");

        Assert.Equal(1, (await _build.RunAsync("-t:Sweep")).ExitCode);
    }

    [Fact]
    public async Task Training_output_that_looks_like_an_error_is_a_message()
    {
        _build.Reply("val error: 0.25\ntrain.py(3): error CS1002: ; expected\nerror: could not open display\nloss : error 0.1\n");

        var (exitCode, output) = await _build.RunAsync("-t:Sweep");

        Assert.Equal(0, exitCode);
        Assert.Contains("val error: 0.25", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_stays_a_warning()
    {
        _build.Reply("experiments: warning EXP4001: server is down\n");

        var (exitCode, output) = await _build.RunAsync("-t:Sweep", "-v:quiet");

        Assert.Equal(0, exitCode);
        Assert.Contains("experiments : warning EXP4001: server is down", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_exit_code_without_a_diagnostic_is_an_error_that_names_the_definition()
    {
        _build.Environment["EXPERIMENTS_FAKE_EXIT"] = "4";

        var (exitCode, output) = await _build.RunAsync("-t:Sweep", "-v:quiet");

        Assert.Equal(1, exitCode);
        Assert.Contains("experiments/a.yaml : error : experiments run ended with exit code 4: inconclusive", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_red_experiment_does_not_keep_the_others_from_running()
    {
        _build.Write("experiments/b.yaml", "name: b\n");
        _build.Environment["EXPERIMENTS_FAKE_EXIT"] = "a=1";

        Assert.Equal(1, (await _build.RunAsync("-t:Sweep")).ExitCode);
        Assert.Equal(["run experiments/a.yaml --stop-when-stdin-closes", "run experiments/b.yaml --stop-when-stdin-closes"], _build.Calls);
    }

    [Fact]
    public async Task What_passed_is_not_run_again_until_one_of_its_inputs_changes()
    {
        _build.Write("experiments/run.py", "print(1)\n");
        _build.Write("experiments/b.yaml", "name: b\n");

        await _build.RunAsync("-t:Sweep");
        var (_, output) = await _build.RunAsync("-t:Sweep");
        Assert.Equal(2, _build.Calls.Count);
        Assert.Contains("experiments/a.yaml: up to date", output, StringComparison.Ordinal);
        Assert.Equal(["experiments/a.yaml", "experiments/b.yaml"], File.ReadAllLines(_build.Environment["EXPERIMENTS_FAKE_LOG"] + ".inputs"));

        _build.Write("experiments/run.py", "print(2)\n");
        await _build.RunAsync("-t:Sweep");
        Assert.Equal("run experiments/a.yaml --stop-when-stdin-closes", Assert.Single(_build.Calls.Skip(2)));
    }

    [Fact]
    public async Task A_failed_run_is_not_up_to_date()
    {
        await _build.RunAsync("-t:Sweep");
        _build.Write("experiments/a.yaml", "name: a # changed\n");
        _build.Environment["EXPERIMENTS_FAKE_EXIT"] = "1";

        await _build.RunAsync("-t:Sweep");
        var (exitCode, _) = await _build.RunAsync("-t:Sweep");

        Assert.Equal(1, exitCode);
        Assert.Equal(3, _build.Calls.Count);
    }

    [Fact]
    public async Task Other_options_are_another_run()
    {
        await _build.RunAsync("-t:Sweep");
        await _build.RunAsync("-t:Sweep", "-p:ExperimentsFilter=num_workers=0%3Bpin_memory=true", "-p:ExperimentsRepeats=1");

        Assert.Equal("run experiments/a.yaml --filter num_workers=0 --filter pin_memory=true --repeats 1 --stop-when-stdin-closes", _build.Calls[1]);
    }

    [Fact]
    public async Task Plan_gate_and_baseline_run_once_over_all_experiments()
    {
        _build.Write("experiments/b.yaml", "name: b\n");

        var (exitCode, _) = await _build.RunAsync("-t:Plan;Gate;Baseline", "-p:ExperimentsReason=new loader");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["plan experiments/a.yaml experiments/b.yaml", "gate experiments/a.yaml experiments/b.yaml", "baseline accept experiments/a.yaml experiments/b.yaml --reason new loader"],
            _build.Calls);
    }

    [Fact]
    public async Task A_normal_build_sweeps_only_where_it_is_asked_to()
    {
        await _build.RunAsync();
        Assert.Empty(_build.Calls);

        await _build.RunAsync("-p:GateOnBuild=true");
        Assert.Single(_build.Calls);
    }

    [Fact]
    public async Task Of_several_target_frameworks_only_the_outer_build_gates()
    {
        await _build.RunAsync("-p:GateOnBuild=true", "-p:TargetFrameworks=net10.0%3Bnet9.0", "-p:TargetFramework=net10.0");
        Assert.Empty(_build.Calls);

        await _build.RunAsync("-p:GateOnBuild=true", "-p:TargetFrameworks=net10.0%3Bnet9.0", "-p:IsCrossTargetingBuild=true");
        Assert.Single(_build.Calls);
    }

    [Fact]
    public async Task A_missing_command_is_an_error()
    {
        var (exitCode, output) = await _build.RunAsync("-t:Sweep", "-p:ExperimentsToolPath=absent.dll", "-v:quiet");

        Assert.Equal(1, exitCode);
        Assert.Contains("error EXP5040: the experiments command is not found at absent.dll", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_experiment_is_a_warning()
    {
        using var empty = new BuildFolder("");

        var (exitCode, output) = await empty.RunAsync("-t:Sweep", "-v:quiet");

        Assert.Equal(0, exitCode);
        Assert.Contains("warning : There is no experiment", output, StringComparison.Ordinal);
    }
}
