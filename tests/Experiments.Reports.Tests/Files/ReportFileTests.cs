using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsvHelper;
using Experiments.Reports.Files;
using Experiments.Reports.Html;
using Experiments.Reports.Pictures;

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
        Assert.Equal(4, XElement.Parse(Body(html)).Descendants("svg").Count());
    }

    [Fact]
    public void The_page_carries_pictures_of_memory_and_the_first_red_one_is_unfolded()
    {
        var configurations = SampleReport.Report.Assessment.Configurations;
        var page = XElement.Parse(Body(HtmlReport.Render(SampleReport.Report, [.. configurations.Take(4).Select(one => Picture(one.Configuration.Id))])));

        var pictures = page.Descendants("details").ToList();
        Assert.Equal(4, pictures.Count);
        Assert.All(pictures, picture => Assert.StartsWith("data:image/svg+xml;base64,", picture.Element("img")!.Attribute("src")!.Value, StringComparison.Ordinal));
        Assert.Equal("✗ blown up", Assert.Single(pictures, picture => picture.Attribute("open") is not null).Element("summary")!.Elements().Last().Value);
        Assert.Equal(pictures.Select(picture => "#" + picture.Element("img")!.Attribute("id")!.Value), page.Descendants("a").Select(link => link.Attribute("href")!.Value));
        Assert.Contains("Of 4 of 6 configurations", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_names_are_escaped()
    {
        var html = HtmlReport.Render(SampleReport.Report, [.. SampleReport.Report.Assessment.Configurations.Select(one => Picture(one.Configuration.Id) with { DataUri = "\"><script>" })]);

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("beside this page", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_bounded_in_what_it_carries()
    {
        var folder = Directory.CreateTempSubdirectory("experiments-reports-").FullName;
        try
        {
            var pictures = Directory.CreateDirectory(Path.Combine(folder, SweepPictures.FolderName)).FullName;
            Assert.Empty(EmbeddedPictures.Read(folder, SampleReport.Sweep));
            foreach (var (configuration, index) in SampleReport.Sweep.Configurations.Select((configuration, index) => (configuration, index)))
            {
                var path = Path.Combine(pictures, SweepPictures.NameOf(configuration));
                File.WriteAllBytes(path + ".svg", new byte[index == 0 ? 1000 : EmbeddedPictures.LargestSvgBytes + 1]);
                File.WriteAllBytes(path + ".png", new byte[1 << 20]);
            }

            var carried = EmbeddedPictures.Read(folder, SampleReport.Sweep);

            Assert.Equal(["data:image/svg+xml", "data:image/png", "data:image/png", "data:image/png"], carried.Select(picture => picture.DataUri.Split(';')[0]));
            Assert.Equal(SampleReport.Sweep.Configurations.Take(4).Select(one => one.Id), carried.Select(picture => picture.ConfigurationId));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

    private static EmbeddedPicture Picture(string id) => new(id, "data:image/svg+xml;base64,PHN2Zy8+");

    private static string Body(string html) =>
        html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)].Replace("&#183;", "·", StringComparison.Ordinal);

    private static string[] Texts() =>
    [
        ResultsJson.Render(SampleReport.Report), ResultsCsv.Render(SampleReport.Report), SummaryMarkdown.Render(SampleReport.Report),
        JunitXml.Render(SampleReport.Report), HtmlReport.Render(SampleReport.Report),
    ];
}
