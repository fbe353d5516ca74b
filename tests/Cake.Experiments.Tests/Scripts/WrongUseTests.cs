namespace Cake.Experiments.Tests.Scripts;

/// <summary>Mistakes in a script are told with the place in the script and the experiment's name, before anything runs.</summary>
public class WrongUseTests
{
    [Theory]
    [InlineData("""Experiment("a", e => e.Command("x").NumWorkers(0)); Experiment("a", e => e.Command("x").NumWorkers(0));""", "build.cake(2,1): error EXP1040: experiment 'a': it is defined twice")]
    [InlineData("""Task("a"); Experiment("a", e => e.Command("x").NumWorkers(0));""", "build.cake(2,1): error EXP1040: experiment 'a': there is a task of that name already")]
    [InlineData("""Experiment("a", e => e.TorchSharp("utterance-fusion").Dataset("MELD-DA"));""", "build.cake(2,1): error EXP1021: experiment 'a': the dataset \"MELD-DA\" is not declared")]
    [InlineData("""Experiment("a", e => e.Command("x"));""", "build.cake(2,1): error EXP1010: experiment 'a': the key \"matrix\" is missing")]
    [InlineData("""Experiment("a", e => e.NumWorkers(0));""", "build.cake(2,1): error EXP1010: experiment 'a': the key \"train\" is missing")]
    [InlineData("""Experiments("experiments/*.yaml");""", "build.cake(2,1): error EXP1001: no definition matches experiments/*.yaml")]
    public async Task A_wrong_script_is_told_with_its_place(string script, string expected)
    {
        using var build = new CakeBuild(script + "\nRunTarget(Argument(\"target\", \"Sweep\"));");

        var (exitCode, output) = await build.RunAsync("--dryrun");

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--experiment=b", "--experiment=b is not defined; there are: a")]
    [InlineData("--repeats=many", "--repeats=many is no whole number of at least 1")]
    [InlineData("--filter=4", "--filter=4 is no filter")]
    public async Task A_wrong_option_is_told(string option, string expected)
    {
        using var build = new CakeBuild("""
            Experiment("a", e => e.Command("x").NumWorkers(0));
            RunTarget(Argument("target", "Sweep"));
            """);

        var (exitCode, output) = await build.RunAsync(option);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(build.Calls);
    }

    [Fact]
    public async Task A_missing_command_is_told_with_the_way_to_get_it()
    {
        using var build = new CakeBuild("""
            Experiment("a", e => e.Command("x").NumWorkers(0));
            RunTarget("a");
            """);
        build.Environment["EXPERIMENTS_TOOL"] = "";

        var (exitCode, output) = await build.RunAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains("error EXP5040: the experiments command is not found", output, StringComparison.Ordinal);
        Assert.Contains("dotnet tool install Experiments.Tool", output, StringComparison.Ordinal);
    }
}
