using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Mlflow;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

/// <summary>The views that MLflow's pages open. Those in Golden/mlflow-view-seen.json were seen to work on a real server, 3.11.2, with its pages.</summary>
public sealed class SharedViewsTests
{
    private const string SweepId = "20261128-174900-abcd";

    /// <summary>EXPERIMENT_PAGE_QUERY_PARAM_KEYS and EXPERIMENT_PAGE_UI_STATE_FIELDS in MLflow's source: pages pick these and drop the rest.</summary>
    private static readonly string[] Fields =
    [
        "searchFilter", "orderByKey", "orderByAsc", "startTime", "lifecycleFilter", "modelVersionFilter", "datasetsFilter",
        "selectedColumns", "runsExpanded", "runsPinned", "runsHidden", "runsHiddenMode", "compareRunCharts", "compareRunSections", "viewMaximized", "runListHidden",
        "isAccordionReordered", "groupBy", "groupsExpanded", "autoRefreshEnabled", "useGroupedValuesInCharts", "hideEmptyCharts",
    ];

    [Fact]
    public void The_tags_of_a_sweep_are_these() => GoldenFile.Matches("mlflow-views.json", string.Concat(Views(["dataset", "num_workers", "pin_memory"]).Select(view =>
        $"{MlflowTags.SharedViewPrefix}{view.Key}\n{view.Value.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}\n")));

    [Fact]
    public void Every_field_is_one_that_pages_read_and_has_the_kind_of_those_seen_to_work()
    {
        var seen = JsonNode.Parse(GoldenFile.Read("mlflow-view-seen.json"))!.AsObject();
        foreach (var (key, view) in Views(["dataset", "num_workers", "pin_memory"]))
        {
            Assert.Empty(view.Select(field => field.Key).Except(Fields));
            var like = seen[key]!.AsObject();
            Assert.Equal(like.Select(field => field.Key).Order(), view.Select(field => field.Key).Order());
            Assert.All(like, field => Assert.Equal(field.Value?.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : field.Value?.GetValueKind(), view[field.Key]?.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : view[field.Key]?.GetValueKind()));
        }

        // selectedYAxisMetricKey is in no class of runs-charts.types.ts.
        var cards = Views(["num_workers"])[SharedViews.Charts]["compareRunCharts"]!.AsArray().Select(card => card!.AsObject()).ToList();
        foreach (var card in seen[SharedViews.Charts]!["compareRunCharts"]!.AsArray().Select(card => card!.AsObject()).Where(card => (string?)card["type"] is "BAR" or "LINE"))
            Assert.All(cards.Where(one => (string?)one["type"] == (string?)card["type"]), one => Assert.Equal(card.Select(field => field.Key).Where(key => key != "selectedYAxisMetricKey").Order(), one.Select(field => field.Key).Order()));
        Assert.Equal(cards.Count, cards.Select(card => (string?)card["uuid"]).Distinct().Count());
    }

    [Fact]
    public void A_view_of_many_axes_fits_a_tag_and_one_of_none_has_no_groups()
    {
        Assert.All(SharedViews.Tags(SweepId, [.. Enumerable.Range(1, 12).Select(axis => $"a_rather_long_name_of_an_axis_{axis}")]), tag => Assert.InRange(tag.Value.Length, 500, 5000));
        Assert.Null(Views([])[SharedViews.Configurations]["groupBy"]);
    }

    [Theory]
    [InlineData("http://mlflow:5000/", "server")]
    [InlineData("sqlite:////home/ada/mlflow.db", "database")]
    public void The_last_lines_are_these(string trackingUri, string kind) => GoldenFile.Matches(
        $"mlflow-places-{kind}.txt", string.Concat(TrackingPlaces.Of(trackingUri, "7", SampleReport.Report, trial => $"run-{trial[^2..]}-{trial[..4]}").Select(line => line + "\n")));

    [Fact]
    public void A_store_that_has_not_answered_has_no_links() =>
        Assert.Equal(["MLflow: http://mlflow:5000"], TrackingPlaces.Of("http://ada:secret@mlflow:5000", null, SampleReport.Report, _ => null));

    private static Dictionary<string, JsonObject> Views(IReadOnlyList<string> axes) =>
        SharedViews.Tags(SweepId, axes).ToDictionary(tag => tag.Key[MlflowTags.SharedViewPrefix.Length..], tag => JsonNode.Parse(tag.Value)!.AsObject());
}
