namespace Experiments.Bench.Scripts;

/// <summary>The table: a line a script and world as it ends, then the totals.</summary>
internal sealed class ScriptTable
{
    private readonly List<(string Script, Grade Grade)> _rows = [];

    public void Add(Case one, World world, Judgement judgement)
    {
        Point[] points = [judgement.Rate, judgement.Cause, judgement.Remedy, judgement.Advice];
        var worst = points.Max(point => point.Grade);
        Add(one, world, worst, string.Join(" | ", points.Select(point => $"{(point.Grade == Grade.Right ? "" : point.Grade.ToString().ToUpperInvariant() + " ")}{point.Seen}")));
    }

    public void Add(Case one, World world, string difference) =>
        Add(one, world, difference.Length == 0 ? Grade.Right : Grade.Wrong, difference.Length == 0 ? "the same with and without the probe" : "DIFFERS: " + difference);

    public void AddTo(BenchReport report, bool isWhole)
    {
        foreach (var grade in Enum.GetValues<Grade>())
            report.Add(BenchRow.Of(grade.ToString().ToLowerInvariant(), "rows", [_rows.Count(row => row.Grade == grade)]));
        report.AtMost("wrong", 0, _rows.Count(row => row.Grade == Grade.Wrong));
        report.AtMost("scripts partly right", 5, _rows.Where(row => row.Grade == Grade.Partly).Select(row => row.Script).Distinct().Count());
        if (isWhole)
            report.AtLeast("scripts", 80, _rows.Select(row => row.Script).Distinct().Count());
    }

    private void Add(Case one, World world, Grade grade, string seen)
    {
        _rows.Add((one.Name, grade));
        Console.WriteLine($"{grade.ToString().ToLowerInvariant(),-6} {one.Name,-32} {world.Name,-8} {seen}");
    }
}
