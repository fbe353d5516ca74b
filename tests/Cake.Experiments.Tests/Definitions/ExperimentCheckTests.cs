using Cake.Experiments.Definitions;
using Experiments.Core.Diagnostics;

namespace Cake.Experiments.Tests.Definitions;

public class ExperimentCheckTests
{
    /// <summary>The dictionary of wrong uses: what is said, and what the user reads.</summary>
    public static TheoryData<string, string, Action<ExperimentBuilder>> WrongUses => new()
    {
        { "EXP1010", "it trains nothing; say .TorchSharp(\"utterance-fusion\")", e => e.NumWorkers(0) },
        { "EXP1010", "Command() names no program", e => e.Command().NumWorkers(0) },
        { "EXP1024", "it trains by torchsharp and by command; keep one of the two", e => e.TorchSharp("utterance-fusion").Command("x").NumWorkers(0) },
        { "EXP1016", "it has no axis; say for example .Dataset(\"MELD-DA\")", e => e.Command("x") },
        { "EXP1016", "the axis num_workers has no values", e => e.Command("x").NumWorkers() },
        { "EXP1017", "the axis num_workers has the value 2 twice; for more trials say .Repeats(2)", e => e.Command("x").NumWorkers(2, 0, 2) },
        { "EXP1009", "the axis num_workers is given twice; name all its values in one call", e => e.Command("x").NumWorkers(0).NumWorkers(2) },
        { "EXP1009", "the dataset A is declared twice", e => e.Command("x").SyntheticDataset("A", "meld-da").DatasetFolder("A", "data").Dataset("A") },
        { "EXP1021", "the dataset MELD-DA is not declared (none is)", e => e.TorchSharp("utterance-fusion").Dataset("MELD-DA") },
        { "EXP1021", "the dataset MELD is not declared (there are: MELD-DA)", e => e.Command("x").SyntheticDataset("MELD-DA", "meld-da").Dataset("MELD-DA").Exclude(c => c.Dataset("MELD")) },
        { "EXP1018", "it excludes by pin_memory, which is no axis; there are: num_workers", e => e.Command("x").NumWorkers(0).Exclude(c => c.PinMemory(true)) },
        { "EXP1013", "it repeats 0 times; at least 1", e => e.Command("x").NumWorkers(0).Repeats(0) },
        { "EXP1013", "the gate throughput.max_regression is 5; it is a share between 0 and 1", e => e.Command("x").NumWorkers(0).Gate(g => g.Throughput(5)) },
        { DefinitionDiagnostics.RepeatedKey.Code, "the slowdown drift is suppressed twice", e => e.Command("x").NumWorkers(0).Gate(g => g.Suppress("drift", "a", default).Suppress("drift", "b", default)) },
    };

    [Theory]
    [MemberData(nameof(WrongUses))]
    public void A_wrong_use_is_told_with_the_experiments_name(string code, string message, Action<ExperimentBuilder> configure)
    {
        var diagnostic = Assert.Single(Check("nightly", configure));

        Assert.Equal(code, diagnostic.Code);
        Assert.StartsWith($"experiment 'nightly': {message}", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("build.cake(7,1)", diagnostic.Position!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../escape")]
    [InlineData("with space")]
    [InlineData("-option")]
    public void A_name_that_is_no_file_name_is_refused(string name) =>
        Assert.Equal("EXP1015", Assert.Single(Check(name, e => e.Command("x").NumWorkers(0))).Code);

    [Fact]
    public void Scripts_and_commands_may_know_their_datasets_by_name() =>
        Assert.Empty(Check("a", e => e.PyTorch("run.py").Dataset("MELD-DA", "MIntRec")));

    [Fact]
    public void An_included_configuration_may_bring_an_axis_of_its_own() =>
        Assert.Empty(Check("a", e => e.Command("x").NumWorkers(0).Include(c => c.Axis("lr", 0.1))));

    private static IReadOnlyList<Diagnostic> Check(string name, Action<ExperimentBuilder> configure)
    {
        var builder = new ExperimentBuilder(name);
        configure(builder);
        return ExperimentCheck.Run(builder.Content, new SourcePosition("build.cake", 7, 1));
    }
}
