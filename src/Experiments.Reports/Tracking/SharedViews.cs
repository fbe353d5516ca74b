using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// The views of a sweep that MLflow's pages open by a link: tags of the experiment, which hold the state of its runs page as JSON. What each field is, and
/// which version of MLflow reads it, stands in <c>docs/mlflow.md</c>. An experiment has one of each: the latest sweep's. Pure.
/// </summary>
internal static class SharedViews
{
    /// <summary>All trials, the fastest first.</summary>
    public const string Trials = "experiments";

    /// <summary>The configurations: trials grouped by the axes and averaged over the repeats, the fastest first.</summary>
    public const string Configurations = "experiments-grouped";

    /// <summary>Charts of the configurations: a bar each, a point over the number of workers, the curves.</summary>
    public const string Charts = "experiments-charts";

    private const string Section = "sweep";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Metrics = [MetricKeys.SamplesPerSecond, MetricKeys.WaitFraction, MetricKeys.MemoryPeakMegabytes];

    /// <summary>The links in a note, relative to the page that shows it; <see cref="MlflowTags.ExperimentIdMark"/> stands for the experiment's id.</summary>
    public static string Links { get; } = string.Join(" · ",
    [
        $"[Configurations]({MlflowLinks.View("", MlflowTags.ExperimentIdMark, Configurations)[1..]})",
        $"[all trials]({MlflowLinks.View("", MlflowTags.ExperimentIdMark, Trials)[1..]})",
        $"[charts]({MlflowLinks.Charts("", MlflowTags.ExperimentIdMark, Charts)[1..]})",
    ]);

    /// <summary>The tags.</summary>
    /// <param name="sweepId">The sweep whose trials are shown.</param>
    /// <param name="axes">The axes of its matrix.</param>
    public static IEnumerable<Tag> Tags(string sweepId, IReadOnlyList<string> axes)
    {
        yield return Of(Trials, State(sweepId, [.. axes, "repeat"]));
        yield return Of(Configurations, Grouped(sweepId, axes));
        yield return Of(Charts, Charted(sweepId, axes));
    }

    private static Tag Of(string key, JsonObject state) => new(MlflowTags.SharedViewPrefix + key, state.ToJsonString(Json));

    private static JsonObject State(string sweepId, IReadOnlyList<string> columns) => new()
    {
        ["searchFilter"] = $"tags.`{TrackingTags.SweepId}` = '{sweepId}' AND tags.`{TrackingTags.TrialId}` LIKE '%'",
        ["orderByKey"] = $"metrics.`{MetricKeys.SamplesPerSecond}`",
        ["orderByAsc"] = false,
        ["startTime"] = "ALL",
        ["lifecycleFilter"] = "Active",
        ["datasetsFilter"] = new JsonArray(),
        ["modelVersionFilter"] = "All Runs",
        ["selectedColumns"] = List(
            [.. columns.Select(axis => $"params.`{RunNames.Key(axis)}`"), .. Metrics.Select(key => $"metrics.`{key}`"), $"tags.`{TrackingTags.Verdict}`"]),
        ["runsExpanded"] = new JsonObject(),
        ["runsPinned"] = new JsonArray(),
        ["runsHidden"] = new JsonArray(),
        ["runsHiddenMode"] = "SHOW_ALL",
        ["viewMaximized"] = false,
        ["runListHidden"] = false,
        ["isAccordionReordered"] = false,
        ["autoRefreshEnabled"] = true,
        ["groupBy"] = null,
        ["groupsExpanded"] = new JsonObject(),
        ["useGroupedValuesInCharts"] = true,
        ["hideEmptyCharts"] = true,
    };

    private static JsonObject Grouped(string sweepId, IReadOnlyList<string> axes)
    {
        var state = State(sweepId, axes);
        if (axes.Count > 0)
            state["groupBy"] = new JsonObject
            {
                ["aggregateFunction"] = "average",
                ["groupByKeys"] = new JsonArray([.. axes.Select(axis => new JsonObject { ["mode"] = "param", ["groupByData"] = RunNames.Key(axis) })]),
            };
        return state;
    }

    private static JsonObject Charted(string sweepId, IReadOnlyList<string> axes)
    {
        var state = Grouped(sweepId, axes);
        string? workers = axes.Contains(Core.Matrix.AxisNames.NumWorkers) ? Core.Matrix.AxisNames.NumWorkers : null;
        var cards = new List<JsonObject>();
        cards.AddRange(Metrics.Select(Bar));
        if (workers is not null)
            cards.AddRange([Points(workers, MetricKeys.SamplesPerSecond), Points(workers, MetricKeys.MemoryPeakMegabytes)]);
        cards.AddRange([Line("steps/step_ms"), Line("steps/wait_ms")]);
        foreach (var (card, number) in cards.Select((card, index) => (card, index + 1)))
            card["uuid"] = $"{Section}-{number}";
        state["isAccordionReordered"] = true;
        state["compareRunCharts"] = new JsonArray([.. cards]);
        state["compareRunSections"] = new JsonArray(new JsonObject
        {
            ["uuid"] = Section, ["name"] = "Sweep", ["display"] = true, ["isReordered"] = true, ["deleted"] = false, ["isGenerated"] = false,
        });
        return state;
    }

    private static JsonObject Bar(string key)
    {
        var card = Card("BAR", mostRuns: 20);
        card["metricKey"] = key;
        return card;
    }

    private static JsonObject Points(string axis, string key)
    {
        var card = Card("SCATTER", mostRuns: 100);
        card["xaxis"] = new JsonObject { ["key"] = axis, ["type"] = "PARAM" };
        card["yaxis"] = new JsonObject { ["key"] = key, ["type"] = "METRIC" };
        return card;
    }

    private static JsonObject Line(string key)
    {
        var card = Card("LINE", mostRuns: 20);
        card["metricKey"] = key;
        card["selectedMetricKeys"] = List([key]);
        card["scaleType"] = "linear";
        card["xAxisKey"] = "step";
        card["xAxisScaleType"] = "linear";
        card["range"] = new JsonObject();
        card["lineSmoothness"] = 0;
        card["selectedXAxisMetricKey"] = "";
        card["yAxisKey"] = "metric";
        card["yAxisExpressions"] = new JsonArray();
        return card;
    }

    private static JsonObject Card(string type, int mostRuns) => new()
    {
        ["type"] = type, ["runsCountToCompare"] = mostRuns, ["metricSectionId"] = Section, ["deleted"] = false, ["isGenerated"] = false,
    };

    private static JsonArray List(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
