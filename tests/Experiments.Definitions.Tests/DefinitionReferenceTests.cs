using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Tests;

/// <summary><c>docs/definition.md</c> against the table of keys.</summary>
public partial class DefinitionReferenceTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository(), "docs", "definition.md"));

    [Fact]
    public void The_page_has_every_key_with_its_type_default_and_meaning()
    {
        var rows = string.Join('\n', DefinitionKeys.All().Select(Row));
        var written = Table().Match(Page).Value;
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
            File.WriteAllText(Path.Combine(Repository(), "docs", "definition.md"), Page.Replace(written, rows, StringComparison.Ordinal));
        else
            Assert.Equal(rows, written);
    }

    [Fact]
    public void Every_example_of_the_page_is_read_without_a_mistake()
    {
        using var workplace = new Workplace();
        var examples = Example().Matches(Page).Select(match => match.Groups["text"].Value).ToArray();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(workplace.Mistakes(example)));
    }

    private static string Row((string Path, DefinitionKey Key) row)
    {
        var (path, key) = row;
        var value = key.Kind switch
        {
            SectionKind => "section",
            _ when path.StartsWith("matrix.", StringComparison.Ordinal) && key.Kind == Kinds.AnyText => "a list of mappings",
            _ when path.StartsWith("matrix.", StringComparison.Ordinal) => $"a list, each {key.Kind.Name}",
            _ => key.Kind.Name,
        };
        var tasks = key.Tasks.Count > 0 ? $" Only for {string.Join(" and ", key.Tasks.Select(task => $"`{task}`"))}." : "";
        return $"| `{path.Replace(".*", ".NAME", StringComparison.Ordinal)}` | {value} | {(key.IsRequired ? "**required**" : key.Default ?? "–")} | {key.Meaning}{tasks} |";
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    [GeneratedRegex("(?m)^\\| `.*$(\n\\| `.*$)*")]
    private static partial Regex Table();

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
