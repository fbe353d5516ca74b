using System.Globalization;
using System.Net;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core.Results;
using Experiments.Reports.Pictures;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Html;

/// <summary>Memory over time: a picture a configuration, folded up but for the one that most wants a look.</summary>
internal static class MemorySection
{
    /// <summary>Where a configuration's picture stands in the page; browsers unfold it when they are led there.</summary>
    public static string Anchor(string configurationId) => "memory-" + configurationId;

    public static string Render(SweepReport report, IReadOnlyList<EmbeddedPicture> pictures)
    {
        if (pictures.Count == 0)
            return "";
        var uris = pictures.ToDictionary(picture => picture.ConfigurationId, picture => picture.DataUri, StringComparer.Ordinal);
        var shown = report.Assessment.Configurations.Where(one => uris.ContainsKey(one.Configuration.Id)).ToList();
        var unfolded = shown.FirstOrDefault(one => VerdictMark.Color(one.Verdict) == "red") ?? shown.FirstOrDefault();
        var section = new StringBuilder("<h2>Memory over time</h2>\n");
        foreach (var one in shown)
            Picture(section, one, uris[one.Configuration.Id], one == unfolded);
        if (shown.Count < report.Assessment.Configurations.Count)
            section.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">Of {shown.Count} of {Quantity.Count(report.Assessment.Configurations.Count, "configuration")}; the folder {SweepPictures.FolderName} beside this page has what else was drawn.</p>\n");
        return section.ToString();
    }

    private static void Picture(StringBuilder section, ConfigurationVerdict verdict, string uri, bool isUnfolded)
    {
        var (id, name) = (WebUtility.HtmlEncode(Anchor(verdict.Configuration.Id)), WebUtility.HtmlEncode(verdict.Configuration.Name));
        var peak = ConfigurationRow.Of(verdict, []).PeakMemory;
        section.Append(CultureInfo.InvariantCulture, $"<details{(isUnfolded ? " open=\"open\"" : "")}><summary>{name} <span class=\"soft\">{WebUtility.HtmlEncode(peak)}</span> <span class=\"{VerdictMark.Color(verdict.Verdict)}\">{VerdictMark.Of(verdict.Verdict)} {VerdictWords.Of(verdict.Verdict)}</span></summary>");
        section.Append(CultureInfo.InvariantCulture, $"<img id=\"{id}\" loading=\"lazy\" decoding=\"async\" width=\"{MemoryPicture.Width}\" height=\"{MemoryPicture.Height}\" alt=\"Memory over time at {name}\" src=\"{WebUtility.HtmlEncode(uri)}\"/></details>\n");
    }
}
