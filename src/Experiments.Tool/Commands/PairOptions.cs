using System.CommandLine;
using System.Globalization;

namespace Experiments.Tool.Commands;

/// <summary>How pairs are measured: the same for every command that does.</summary>
/// <param name="budgetWords">What the budget is of.</param>
internal sealed class PairOptions(string budgetWords)
{
    private readonly Option<double?> _bound = new("--bound") { Description = "The slowdown that is allowed, in percent; default: the definition's max_regression, else 5.", HelpName = "percent" };
    private readonly Option<double> _budget = new("--budget") { Description = budgetWords, DefaultValueFactory = _ => 90, HelpName = "seconds" };
    private readonly Option<string?> _setup = new("--setup") { Description = "Makes the old code ready, once a commit, such as \"dotnet build -c Release\".", HelpName = "command" };
    private readonly Option<string[]> _share = new("--share") { Description = "What is not in git and the old code needs, such as data or .venv. May be repeated.", HelpName = "path" };

    public double? BoundOf(ParseResult parsed) => parsed.GetValue(_bound) / 100;

    public TimeSpan BudgetOf(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_budget));

    public IReadOnlyList<string>? SetupOf(ParseResult parsed) =>
        parsed.GetValue(_setup) is { } line ? OperatingSystem.IsWindows() ? ["cmd.exe", "/c", line] : ["/bin/sh", "-c", line] : null;

    public IReadOnlyList<string> ShareOf(ParseResult parsed) => parsed.GetValue(_share) ?? [];

    public void AddTo(Command command)
    {
        command.Options.Add(_bound);
        command.Options.Add(_budget);
        command.Options.Add(_setup);
        command.Options.Add(_share);
        Check(_bound, 100, "a percentage above 0 and below 100");
        Check(_budget, 1_000_000, "seconds above 0");
    }

    /// <summary>Refuses what is not between zero and the most.</summary>
    public static void Check(Option option, double most, string words) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => double.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && !(value > 0 && value < most)))
            result.AddError($"{option.Name} takes {words}.");
    });
}
