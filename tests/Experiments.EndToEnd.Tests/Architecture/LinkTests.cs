using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests.Architecture;

/// <summary>Links between the pages of this repository.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages { get; } = new(
        Directory.GetFiles(RepositoryFolder.Combine(), "*.md").Concat(new[] { "docs", "src", "samples", "bench", "build" }
                .SelectMany(folder => Directory.GetFiles(RepositoryFolder.Combine(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(RepositoryFolder.Combine(), file)).Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Order());

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_and_to_a_heading_that_is_there(string page)
    {
        var folder = Path.GetDirectoryName(RepositoryFolder.Combine(page))!;
        Assert.All(Link().Matches(File.ReadAllText(RepositoryFolder.Combine(page))).Where(link => !link.Groups["to"].Value.Contains("://", StringComparison.Ordinal)), link =>
        {
            var (to, heading) = (link.Groups["to"].Value, link.Groups["heading"].Value);
            var file = to.Length == 0 ? RepositoryFolder.Combine(page) : Path.GetFullPath(to, folder);
            Assert.True(Path.Exists(file), $"{page} leads to {to}");
            Assert.True(heading.Length == 0 || Headings(file).Contains(heading), $"{page} leads to {to}#{heading}");
        });
    }

    [Fact]
    public void Every_page_of_docs_is_in_its_index()
    {
        var index = File.ReadAllText(RepositoryFolder.Combine("docs", "README.md"));
        Assert.All(
            Directory.GetFiles(RepositoryFolder.Combine("docs"), "*.md").Select(Path.GetFileName).Where(name => name != "README.md"),
            name => Assert.Contains($"]({name})", index, StringComparison.Ordinal));
    }

    /// <summary>As hosts of repositories make them.</summary>
    private static HashSet<string> Headings(string file) =>
        [.. Heading().Matches(File.ReadAllText(file)).Select(match => Other().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?<to>[^)#\s]*)(?:#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Other();
}
