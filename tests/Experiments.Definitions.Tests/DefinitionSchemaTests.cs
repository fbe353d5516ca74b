using System.Text.Json.Nodes;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Tests;

public class DefinitionSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(DefinitionSchema.Json)!.AsObject();

    // Mistakes that a schema cannot see: what they are compared with is elsewhere, or in the file system, or they are only warnings.
    private static readonly string[] BeyondSchema =
        ["EXP1009", "EXP1018", "EXP1019", "EXP1020", "EXP1021", "EXP1022", "EXP1023", "EXP1025", "EXP1026", "EXP1030", "EXP1031", "EXP1046", "EXP1047", "EXP1048", "EXP1049"];

    public static TheoryData<string> Cases => [.. MistakeCases.All.Where(mistake => mistake.File is not ("json" or "syntax")).Select(mistake => mistake.Name)];

    [Theory]
    [InlineData(Examples.TorchSharp)]
    [InlineData(Examples.PyTorch)]
    [InlineData(Examples.Command)]
    public void What_the_reader_takes_the_schema_takes(string example) => Assert.Empty(Judge(example));

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_schema_refuses_the_reader_refuses(string name)
    {
        var mistake = MistakeCases.All.Single(mistake => mistake.Name == name);

        if (Judge(mistake.Text).Any())
            Assert.Contains(mistake.Expected, line => line.Contains("error", StringComparison.Ordinal));
        else
            Assert.All(mistake.Expected, line => Assert.Contains(BeyondSchema.Concat(Partly(name)), code => line.Contains(code, StringComparison.Ordinal)));
    }

    // The schema leaves units, ranges of quantities, forms of names and control characters to the reader.
    private static string[] Partly(string name) => name switch
    {
        _ when MistakeCases.All.Single(mistake => mistake.Name == name).File is "ranges" && name != "gates against each other" => ["EXP1013", "EXP1014"],
        "class without assembly" or "built-in task" => ["EXP1012"],
        "a number of bytes without a unit" => ["EXP1014"],
        "line break in a value" => ["EXP1015"],
        "no axis dataset for a built-in task" => ["EXP1010"],
        "two tasks" or "both path and synthetic" or "gates against each other" => ["EXP1013", "EXP1024"],
        _ => [],
    };

    private static IEnumerable<string> Judge(string text) => JsonSchemaJudge.Judge(JsonSchemaJudge.ToJson(YamlTree.Parse(text)), Schema);
}
