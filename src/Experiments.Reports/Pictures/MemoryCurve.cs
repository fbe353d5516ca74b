using System.Globalization;

namespace Experiments.Reports.Pictures;

/// <summary>Memory over time, as a trial's <c>telemetry.csv</c> has it.</summary>
/// <param name="Seconds">Time since the trial's start.</param>
/// <param name="UsedBytes">Anonymous and shared memory at each of the times.</param>
/// <param name="SharedBytes">Shared memory alone.</param>
internal sealed record MemoryCurve(double[] Seconds, double[] UsedBytes, double[] SharedBytes)
{
    private static readonly string[] Columns = ["elapsed_s", "used_bytes", "shared_bytes"];

    /// <summary>Reads the file's lines; torn ones are skipped. Null when there are none.</summary>
    public static MemoryCurve? Parse(IEnumerable<string> lines)
    {
        using var rows = lines.GetEnumerator();
        if (!rows.MoveNext())
            return null;
        var heading = rows.Current.Split(',');
        int[] columns = [.. Columns.Select(name => Array.IndexOf(heading, name))];
        var values = new List<double[]>();
        while (!columns.Contains(-1) && rows.MoveNext())
        {
            var cells = rows.Current.Split(',');
            if (cells.Length == heading.Length && columns.All(column => IsNumber(cells[column])))
                values.Add([.. columns.Select(column => double.Parse(cells[column], CultureInfo.InvariantCulture))]);
        }

        return values.Count == 0 ? null : new MemoryCurve([.. values.Select(row => row[0])], [.. values.Select(row => row[1])], [.. values.Select(row => row[2])]);
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
