using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests.Architecture;

/// <summary><c>docs/gates.md</c> against the tests: what the page states is tested under the statement's own words.</summary>
public partial class GateRulesPageTests
{
    [Fact]
    public void Every_rule_of_the_page_has_a_test_named_after_it_and_the_other_way_round()
    {
        var rules = Statement().Matches(File.ReadAllText(RepositoryFolder.Combine("docs", "gates.md"))).Select(Of).ToArray();
        var tests = Directory.GetFiles(RepositoryFolder.Combine("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file))).Select(Of).ToArray();

        Assert.Equal(Enumerable.Range(1, rules.Length), rules.Select(rule => rule.Number).Order());
        Assert.Equal(rules.Select(rule => rule.Number).Order(), tests.Select(test => test.Number).Order());
        Assert.All(rules, rule =>
        {
            var test = tests.Single(test => test.Number == rule.Number);
            Assert.True(rule.Words.Except(test.Words).Count() <= 1, $"rule {rule.Number} says {string.Join(' ', rule.Words)}, its test {string.Join(' ', test.Words)}");
        });
    }

    private static (int Number, string[] Words) Of(Match match) => (
        int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture),
        [.. match.Groups["words"].Value.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Split(' ', '_', ',', '.', '\n').Where(word => word.Length > 0).Distinct()]);

    [GeneratedRegex(@"^\*\*Rule (?<number>\d+)\. (?<words>[^*]+?)\*\*", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"public void Rule_(?<number>\d+)_(?<words>\w+)")]
    private static partial Regex Method();
}
