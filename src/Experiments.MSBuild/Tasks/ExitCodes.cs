namespace Experiments.MSBuild.Tasks;

/// <summary>What the exit codes of the <c>experiments</c> command mean.</summary>
internal static class ExitCodes
{
    public static string Meaning(int exitCode) => exitCode switch
    {
        1 => "a gate failed",
        2 => "bad usage or definition",
        3 => "a trial failed or was not measured",
        4 => "inconclusive",
        5 => "the tool itself failed",
        130 => "cancelled",
        _ => "the command crashed",
    };
}
