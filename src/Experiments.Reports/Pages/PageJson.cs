using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Analysis.History;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Pages;

/// <summary>The data of a page as its scripts read them. The writer's default escaping turns every sign that HTML gives a meaning to into <c>\u003c</c> and the like.</summary>
internal static class PageJson
{
    /// <summary>A change of peak memory below it is not shown: nobody acts on less.</summary>
    private const double LeastMemoryPercent = 1;

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>The data as JSON that may stand in a script element.</summary>
    public static string Of(ExperimentNights nights) => JsonSerializer.Serialize(
        new
        {
            Verdicts = Enum.GetValues<VerdictKind>().Select(kind => new { Word = VerdictWords.Of(kind), Mark = VerdictMark.Of(kind), Color = VerdictMark.Color(kind) }),
            Suppressions = nights.Suppressions.Select(one => new { Change = Text(one.Change), Reason = Text(one.Reason), one.Until, IsOver = one.Until < nights.Today }),
            Commits = nights.Commits.ToDictionary(commit => commit.Hash, commit => Text(commit.Subject)),
            Ranges = nights.Ranges.Select(range => new { range.Before, range.After, range.Count, Commits = range.Commits.Select(commit => new { commit.Hash, Subject = Text(commit.Subject) }) }),
            Machines = nights.Machines.Select(machine => Of(machine, nights)),
        },
        Layout);

    private static object Of(MachineNights machine, ExperimentNights all)
    {
        var places = machine.Nights.Select((night, at) => (night.SweepId, at)).ToDictionary(one => one.SweepId, one => one.at, StringComparer.Ordinal);
        return new
        {
            Text = Text($"{machine.Description} ({machine.Id})"),
            Baseline = machine.Baseline is { } baseline ? Text(baseline) : null,
            Nights = machine.Nights.Select(night => new { Id = Text(night.SweepId), At = PageShell.Time(night.At), night.Commit, night.Dirty, night.Verdict, night.Page }),
            Configurations = machine.Configurations.Select(one => new
            {
                one.Configuration.Name,
                Values = one.Configuration.Values.Select(value => new[] { Text(value.Key), Text(value.Value.Text) }),
                Throughput = Columns(one.Throughput),
                Memory = Columns(one.PeakMegabytes),
                one.Verdicts,
                Changes = one.Changes.Select(change => Of(change, places, KnownPlace(KnownChanges.Of(change, all.Suppressions), all))),
                MemoryChanges = one.MemoryChanges.Where(change => Math.Abs(change.ChangePercent) >= LeastMemoryPercent).Select(change => Of(change, places, null)),
                Drift = one.Drift is { } drift ? new { Percent = drift.ChangePercent, Known = KnownPlace(KnownChanges.OfDrift(all.Suppressions), all) } : null,
            }),
        };
    }

    private static object Of(ChangePoint change, Dictionary<string, int> places, int? known) =>
        new { Before = places[change.Before.SweepId], After = places[change.After.SweepId], Percent = change.ChangePercent, Since = change.SincePercent, Known = known };

    private static int? KnownPlace(Core.Definitions.Suppression? known, ExperimentNights all) => known is null ? null : all.Suppressions.ToList().IndexOf(known);

    private static object Columns(IReadOnlyList<MeasuredRange?> ranges) => new { Value = ranges.Select(one => one?.Value), Low = ranges.Select(one => one?.Low), High = ranges.Select(one => one?.High) };

    private static string Text(string text) => VisibleText.Of(text);
}
