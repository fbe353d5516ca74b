using System.Text.RegularExpressions;

namespace Cake.Experiments.Tests.Scripts;

/// <summary>Whole builds by the real Cake.</summary>
public class ScriptTests
{
    private const string TwoExperiments = """
        Task("Build").Does(() => Information("building"));
        Experiment("first", e => e.Command("./train.sh").NumWorkers(0, 2).Repeats(3)).IsDependentOn("Build");
        Experiment("second", e => e.Command("./train.sh").NumWorkers(0));
        RunTarget(Argument("target", "Sweep"));
        """;

    [Fact]
    public async Task The_tree_shows_experiments_and_their_prerequisites_and_runs_nothing()
    {
        using var build = new CakeBuild(TwoExperiments);

        var (exitCode, output) = await build.RunAsync("--tree");

        Assert.Equal(0, exitCode);
        Assert.Contains("Sweep\n├─first\n│ └─Build\n└─second", output, StringComparison.Ordinal);
        Assert.All(["Plan", "Gate", "Baseline"], task => Assert.Contains($"\n{task}\n", output, StringComparison.Ordinal));
        Assert.Empty(build.Calls);
        Assert.False(Directory.Exists(Path.Combine(build.Folder, ".experiments")));
    }

    [Fact]
    public async Task The_description_says_what_each_experiment_is()
    {
        using var build = new CakeBuild(TwoExperiments);

        var (_, output) = await build.RunAsync("--description");

        Assert.Contains("Experiment: 2 num_workers, 3 repeats.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_lists_the_tasks_and_runs_nothing()
    {
        using var build = new CakeBuild(TwoExperiments);

        var (exitCode, output) = await build.RunAsync("--dryrun");

        Assert.Equal(0, exitCode);
        Assert.Matches(new Regex("Build.*first.*second.*Sweep", RegexOptions.Singleline), output);
        Assert.Empty(build.Calls);
    }

    [Fact]
    public async Task A_red_experiment_does_not_keep_the_others_from_running_and_its_exit_code_leaves_the_build()
    {
        using var build = new CakeBuild(TwoExperiments);
        build.Environment["EXPERIMENTS_FAKE_EXIT"] = "first=3";

        var (exitCode, output) = await build.RunAsync();

        Assert.Equal(3, exitCode);
        Assert.Contains("building", output, StringComparison.Ordinal);
        Assert.Contains("not all passed: first (a trial failed or was not measured)", output, StringComparison.Ordinal);
        Assert.Equal(2, build.Calls.Count);
    }

    [Fact]
    public async Task A_red_experiment_that_is_the_target_fails_at_once_with_its_exit_code()
    {
        using var build = new CakeBuild(TwoExperiments);
        build.Environment["EXPERIMENTS_FAKE_EXIT"] = "4";

        var (exitCode, output) = await build.RunAsync("--target=second");

        Assert.Equal(4, exitCode);
        Assert.Contains("experiment 'second': Experiments: inconclusive (exit code 4)", output, StringComparison.Ordinal);
        Assert.Equal(["run .experiments/definitions/second.json --stop-when-stdin-closes"], build.Calls);
    }

    [Fact]
    public async Task A_build_that_recovers_from_a_red_verdict_ends_with_zero()
    {
        using var build = new CakeBuild("""
            Experiment("only", e => e.Command("./train.sh").NumWorkers(0));
            try { RunTarget("only"); } catch (Exception) { Information("never mind"); }
            """);
        build.Environment["EXPERIMENTS_FAKE_EXIT"] = "3";

        Assert.Equal(0, (await build.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task The_commands_diagnostics_reach_the_builds_output()
    {
        using var build = new CakeBuild(TwoExperiments);
        build.Environment["EXPERIMENTS_FAKE_EXIT"] = "1";
        build.Environment["EXPERIMENTS_FAKE_OUTPUT"] = Path.Combine(build.Folder, "reply.txt");
        build.Write("reply.txt", "second.json(9,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB\n");

        var (exitCode, output) = await build.RunAsync("--target=second");

        Assert.Equal(1, exitCode);
        Assert.Contains("second.json(9,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_the_build_reach_the_command_and_only_the_chosen_experiment()
    {
        using var build = new CakeBuild(TwoExperiments);

        var (exitCode, output) = await build.RunAsync("--experiment=second", "--filter=num_workers=0", "--filter=pin_memory=true", "--repeats=2", "--resume");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("building", output, StringComparison.Ordinal);
        Assert.Equal(["run .experiments/definitions/second.json --filter num_workers=0 --filter pin_memory=true --repeats 2 --resume --stop-when-stdin-closes"], build.Calls);
    }

    [Fact]
    public async Task The_other_tasks_run_their_commands_once_over_all_experiments()
    {
        using var build = new CakeBuild("""
            Experiment("typed", e => e.Command("./train.sh").NumWorkers(0));
            Experiments("experiments/*.yaml");
            RunTargets(Arguments<string>("target"));
            """);
        build.Write("experiments/written.yaml", "name: written\n");

        var (exitCode, _) = await build.RunAsync("--target=Plan", "--target=Gate", "--target=Baseline", "--reason=new loader", "--repeats=2");

        Assert.Equal(0, exitCode);
        const string Files = ".experiments/definitions/typed.json experiments/written.yaml";
        Assert.Equal([$"baseline accept {Files} --reason new loader", $"gate {Files}", $"plan {Files} --repeats 2"], build.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_task_that_the_build_has_already_is_left_alone()
    {
        using var build = new CakeBuild("""
            Task("Plan").Does(() => Information("the build's own plan"));
            Experiment("typed", e => e.Command("./train.sh").NumWorkers(0));
            RunTarget("Plan");
            """);

        var (exitCode, output) = await build.RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("the build's own plan", output, StringComparison.Ordinal);
        Assert.Empty(build.Calls);
    }

    [Fact]
    public async Task An_unchanged_experiment_leaves_its_definition_file_untouched()
    {
        using var build = new CakeBuild(TwoExperiments);
        await build.RunAsync("--target=second");
        var file = Path.Combine(build.Folder, ".experiments/definitions/second.json");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await build.RunAsync("--target=second");

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
    }
}
