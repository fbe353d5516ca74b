using System.Text;
using Experiments.Core.Diagnostics;

namespace Experiments.EndToEnd.Tests.Architecture;

public class DiagnosticsPageTests
{
    [Fact]
    public void The_page_lists_every_diagnostic_with_its_remedy()
    {
        var file = RepositoryFolder.Combine("docs", "diagnostics.md");
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
            File.WriteAllText(file, Page());

        Assert.Equal(Page(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_remedy_names_no_option_that_the_command_which_prints_it_may_lack() =>
        Assert.All(DiagnosticCatalog.All, rule => Assert.DoesNotContain("--resume", rule.Remedy, StringComparison.Ordinal));

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("""
            # Diagnostics

            Every message has a code that never changes its meaning, and one canonical line:
            `experiments/meld-da.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB at dataset=MELD-DA num_workers=16 pin_memory=true`.
            Cake, MSBuild, editors and CI systems read it as they read a compiler's.
            EXP1xxx definition · EXP2xxx gates · EXP3xxx trials · EXP4xxx tracking · EXP5xxx environment.

            | code | meaning | what to do |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var rule in DiagnosticCatalog.All)
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {rule.Code} | {Cell(rule.Title)} | {Cell(rule.Remedy)} |\n");
        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
