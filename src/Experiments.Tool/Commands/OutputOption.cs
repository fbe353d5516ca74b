using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>--output table|json</c>, wherever a table is printed.</summary>
internal sealed class OutputOption : Option<string>
{
    public OutputOption()
        : base("--output")
    {
        Description = "How to print.";
        DefaultValueFactory = _ => "table";
        AcceptOnlyFromAmong("table", "json");
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(this) == "json";
}
