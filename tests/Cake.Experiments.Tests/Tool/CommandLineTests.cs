using Cake.Experiments.Tool;

namespace Cake.Experiments.Tests.Tool;

public class CommandLineTests
{
    private static readonly ExperimentsSettings Everything = new()
    {
        Filters = { "dataset=MELD DA", "num_workers=0,2" },
        Repeats = 2,
        Shard = "2/5",
        Seed = 7,
        Resume = true,
        Reason = "new loader",
        Root = "out/sweeps",
        From = { "shards/1", "shards/2" },
        Issue = true,
    };

    [Theory]
    [InlineData(ExperimentsCommand.Plan, """plan "a b.yaml" --filter "dataset=MELD DA" --filter "num_workers=0,2" --shard "2/5" --repeats "2" --seed "7" """)]
    [InlineData(ExperimentsCommand.Run, """run "a b.yaml" --filter "dataset=MELD DA" --filter "num_workers=0,2" --shard "2/5" --repeats "2" --seed "7" --root "out/sweeps" --resume --stop-when-stdin-closes""")]
    [InlineData(ExperimentsCommand.Gate, """gate "a b.yaml" --root "out/sweeps" """)]
    [InlineData(ExperimentsCommand.Merge, """merge "a b.yaml" --from "shards/1" --from "shards/2" --root "out/sweeps" """)]
    [InlineData(ExperimentsCommand.Comment, """comment "a b.yaml" --issue --root "out/sweeps" """)]
    [InlineData(ExperimentsCommand.History, """history "a b.yaml" --root "out/sweeps" """)]
    [InlineData(ExperimentsCommand.AcceptBaseline, """baseline accept "a b.yaml" --reason "new loader" --root "out/sweeps" """)]
    public void Each_command_takes_the_options_that_it_knows(ExperimentsCommand command, string expected) =>
        Assert.Equal(expected.TrimEnd(), CommandLine.Write(command, ["a b.yaml"], Everything).Render());

    [Fact]
    public void What_is_not_set_is_not_said() =>
        Assert.Equal("""run "a.yaml" --stop-when-stdin-closes""", CommandLine.Write(ExperimentsCommand.Run, ["a.yaml"], new ExperimentsSettings()).Render());
}
