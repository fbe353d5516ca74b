using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Html;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Pages;

/// <summary>What all pages have around their content. Their policy lets no script run but those of this program, and nothing be asked of a network.</summary>
internal static class PageShell
{
    /// <summary>A whole page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="content">Its body, escaped.</param>
    /// <param name="styles">Styles beside those of every page.</param>
    /// <param name="scripts">Scripts, which run in this order once the content stands.</param>
    public static string Render(string title, string content, IReadOnlyList<string> styles, params IReadOnlyList<string> scripts)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        var allowed = scripts.Count == 0 ? "'none'" : string.Join(' ', scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'"));
        page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)}</title>\n<style>\n{HtmlReport.Style}\n{string.Join('\n', styles.Append(PageAssets.Style))}</style>\n</head>\n<body>\n{content}");
        foreach (var script in scripts)
            page.Append(CultureInfo.InvariantCulture, $"<script>{script}</script>\n");
        return page.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>A text as HTML, with what cannot be seen written out.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));

    /// <summary>A verdict with its sign and colour.</summary>
    public static string Verdict(VerdictKind? verdict) => verdict is { } kind
        ? $"<span class=\"{VerdictMark.Color(kind)}\">{VerdictMark.Of(kind)} {VerdictWords.Of(kind)}</span>"
        : "<span class=\"soft\">verdict not kept</span>";

    /// <summary><c>2026-11-22 18:00</c>, by the clock of UTC as the sweep's id.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
