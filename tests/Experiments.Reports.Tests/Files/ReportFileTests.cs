using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsvHelper;
using Experiments.Reports.Files;
using Experiments.Reports.Html;

namespace Experiments.Reports.Tests.Files;

public class ReportFileTests
{
    [Fact]
    public void The_table_of_trials_is_as_committed() => GoldenFile.Matches("results.csv", ResultsCsv.Render(SampleReport.Report));

    [Fact]
    public void The_summary_is_as_committed() => GoldenFile.Matches("summary.md", SummaryMarkdown.Render(SampleReport.Report));

    [Fact]
    public void The_test_results_are_as_committed() => GoldenFile.Matches("junit.xml", JunitXml.Render(SampleReport.Report));

    [Fact]
    public void The_page_is_as_committed() => GoldenFile.Matches("report.html", HtmlReport.Render(SampleReport.Report));

    [Fact]
    public void The_page_is_well_formed_and_loads_nothing()
    {
        var html = HtmlReport.Render(SampleReport.Report);

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        Assert.Equal(4, XElement.Parse(body.Replace("&#183;", "·", StringComparison.Ordinal)).Descendants("svg").Count());
    }

    [Fact]
    public void Results_read_back_as_written()
    {
        var json = ResultsJson.Render(SampleReport.Report);

        Assert.Equal(json, ResultsJson.Render(ResultsJson.Parse(json)));
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_the_table_has_the_headings_columns_and_reads_back()
    {
        using var reader = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(ResultsCsv.Render(SampleReport.Report))), new CsvReaderOptions());
        var datasets = new HashSet<string>();
        var rows = 0;
        while (reader.Read())
        {
            datasets.Add(reader.GetString("dataset")!);
            rows++;
        }

        Assert.Equal(SampleReport.Sweep.Trials.Count, rows);
        Assert.Contains("<b>|odd, \"name\"", datasets);
    }

    [Fact]
    public void Texts_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var texts = Texts();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(texts, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task All_files_are_written_and_no_temporary_one_stays()
    {
        var folder = Directory.CreateTempSubdirectory("experiments-reports-");
        try
        {
            var paths = await ReportFiles.WriteAsync(folder.FullName, SampleReport.Report, TestContext.Current.CancellationToken);

            Assert.Equal(["junit.xml", "report.html", "results.csv", "results.json", "summary.md"], folder.GetFiles().Select(file => file.Name).Order());
            Assert.Equal(5, paths.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Texts() =>
    [
        ResultsJson.Render(SampleReport.Report), ResultsCsv.Render(SampleReport.Report), SummaryMarkdown.Render(SampleReport.Report),
        JunitXml.Render(SampleReport.Report), HtmlReport.Render(SampleReport.Report),
    ];
}
