using Experiments.Core.Diagnostics;
using Experiments.Definitions.Building;

namespace Experiments.Definitions.Tests.Building;

public class BuilderMistakeTests
{
    /// <summary>The dictionary of wrong uses: what is said, and what the user reads.</summary>
    public static TheoryData<string, string, Action<ExperimentBuilder>> WrongUses => new()
    {
        { "EXP1010", "the key \"train\" is missing", e => e.NumWorkers(0) },
        { "EXP1011", "train.command is an empty list", e => e.Command().NumWorkers(0) },
        { "EXP1024", "train has both \"torchsharp\" and \"command\"; keep one of them", e => e.TorchSharp("utterance-fusion").Command("x").NumWorkers(0) },
        { "EXP1010", "the key \"matrix\" is missing", e => e.Command("x") },
        { "EXP1016", "matrix.num_workers has no values", e => e.Command("x").NumWorkers() },
        { "EXP1017", "matrix.num_workers has the value \"2\" twice", e => e.Command("x").NumWorkers(2, 0, 2) },
        { "EXP1009", "the key \"num_workers\" is written twice in matrix", e => e.Command("x").NumWorkers(0).NumWorkers(2) },
        { "EXP1009", "the key \"A\" is written twice in datasets", e => e.Command("x").SyntheticDataset("A", "meld-da").DatasetFolder("A", "data").Dataset("A") },
        { "EXP1021", "the dataset \"MELD-DA\" is not declared; add it under datasets", e => e.TorchSharp("utterance-fusion").Dataset("MELD-DA") },
        { "EXP1021", "the dataset \"MELD\" is not declared", e => e.Command("x").SyntheticDataset("MELD-DA", "meld-da").Dataset("MELD-DA", "MELD") },
        { "EXP1018", "the matrix has no axis \"pin_memory\"", e => e.Command("x").NumWorkers(0).Exclude(c => c.PinMemory(true)) },
        { "EXP1013", "repeats is 0; expected a whole number from 1", e => e.Command("x").NumWorkers(0).Repeats(0) },
        { "EXP1014", "gates.throughput.max_regression is \"5\"; expected a percentage such as 5% or 0.05", e => e.Command("x").NumWorkers(0).Gate(g => g.Throughput(5)) },
        { "EXP1014", "limits.memory is \"12gb\"; expected a size such as 12GiB or a share such as 80%", e => e.Command("x").NumWorkers(0).Limit(memory: "12gb") },
        { "EXP1019", "nothing replaces the placeholder {num_worker}", e => e.Command("x", "{num_worker}").NumWorkers(0) },
        { DefinitionDiagnostics.RepeatedKey.Code, "the key \"drift\" is written twice in gates.trend.suppress", e => e.Command("x").NumWorkers(0).Gate(g => g.Suppress("drift", "a", default).Suppress("drift", "b", default)) },
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
    [InlineData("_draft")]
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
        var reading = ExperimentBuilder.Build(name, configure, "/builds/mine", new SourcePosition("build.cake", 7, 1));
        Assert.Equal(reading.Definition is null, reading.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return reading.Diagnostics;
    }
}
