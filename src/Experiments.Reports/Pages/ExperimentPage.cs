using System.Globalization;
using System.Text;
using Experiments.Analysis.Text;

namespace Experiments.Reports.Pages;

/// <summary>One experiment over months of nights. The page's head stands without scripts; charts, table and lists are drawn from the data in it.</summary>
internal static class ExperimentPage
{
    /// <summary>The page.</summary>
    /// <param name="nights">The nights of at least one machine.</param>
    public static string Render(ExperimentNights nights)
    {
        var latest = nights.Machines[0].Nights[^1];
        var page = new StringBuilder("<nav><a href=\"../index.html\">All experiments</a></nav>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{PageShell.Escape(nights.Name)}: {PageShell.Verdict(latest.Verdict)}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">last night {PageShell.Time(latest.At)} · {Quantity.Count(nights.Machines.Sum(machine => machine.Nights.Count), "night")} · {PageShell.Escape(nights.DefinitionFile)}</p>\n");
        if (latest.Advice.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $"<h2>Advice</h2>\n<ul class=\"advice\">{string.Concat(latest.Advice.Select(advice => $"<li><strong>{PageShell.Escape(advice.Text)}</strong></li>"))}</ul>\n");
        page.Append(Content);
        page.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"data\">{PageJson.Of(nights)}</script>\n");
        return PageShell.Render($"{nights.Name}: nights", page.ToString(), [PageAssets.ChartStyle], PageAssets.ChartLibrary, PageAssets.Script);
    }

    private const string Content = """
        <noscript><p>The charts need scripts, which are all in this page.</p></noscript>
        <p id="machines" hidden><label>Machine <select id="machine"></select></label></p>
        <section><h2>What moved for good</h2><ul id="moves" class="moves"></ul></section>
        <section>
        <h2>Nights</h2>
        <div class="tools">
        <input id="filter" type="search" placeholder="Filter, e.g. workers=4 pin=true" aria-label="Filter configurations" autocomplete="off" spellcheck="false">
        <span id="count" class="soft" role="status"></span>
        <span class="zoom"><button type="button" data-last="30">30 nights</button><button type="button" data-last="90">90 nights</button><button type="button" data-last="all">all</button></span>
        <span id="range" class="soft"></span>
        </div>
        <p id="night" class="night"></p>
        <div id="charts" tabindex="0" role="slider" aria-label="Night" aria-describedby="keys">
        <h3>Throughput, samples/s</h3><div id="throughput" class="chart"></div>
        <h3>Peak memory, MiB</h3><div id="memory" class="chart"></div>
        </div>
        <p id="keys" class="soft keys">Drag to zoom, double-click for all. Keys: ← → night, Home End, ↑ ↓ configuration, + − zoom, Esc all, Enter the night's report.
        The band spans the trials of a night; ▼ ▲ mark lasting changes, ticks below a new commit, the strip above each night's verdict; the nights of a known slowdown are shaded.</p>
        <div class="scroll"><table id="configurations"><thead><tr><th class="axis">configuration</th><th>samples/s</th><th>least to most</th><th>peak memory</th><th class="axis">lasting change</th><th class="verdict">verdict</th></tr></thead><tbody></tbody></table></div>
        </section>
        <section id="known" hidden><h2>Known slowdowns</h2><ul id="suppressions"></ul></section>
        <section><details><summary>All nights</summary><div class="scroll"><table id="nights"><thead><tr><th class="axis">night</th><th class="verdict">verdict</th><th class="axis">commit</th></tr></thead><tbody></tbody></table></div></details></section>

        """;
}
