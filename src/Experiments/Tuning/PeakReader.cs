using System.Globalization;

namespace Experiments.Tuning;

/// <summary>Reads the memory of a running trial from its telemetry as it grows.</summary>
/// <param name="path">The trial's <c>telemetry.csv</c>.</param>
internal sealed class PeakReader(string path)
{
    private readonly List<(double At, long Bytes)> _readings = [];
    private long _position;
    private string _torn = "";

    /// <summary>Seconds of the trial at the last reading.</summary>
    public double Now()
    {
        Read();
        return _readings.Count == 0 ? 0 : _readings[^1].At;
    }

    /// <summary>The largest memory of the process tree after a time of the trial, bytes; null where none was read.</summary>
    /// <param name="seconds">The time.</param>
    public long? Since(double seconds)
    {
        Read();
        var later = _readings.Where(reading => reading.At > seconds).Select(reading => (long?)reading.Bytes);
        return later.Max();
    }

    private void Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = _position;
            using var reader = new StreamReader(file);
            var lines = (_torn + reader.ReadToEnd()).Split('\n');
            _position = file.Length;
            _torn = lines[^1];
            foreach (var line in lines.SkipLast(1))
            {
                var cells = line.Split(',');
                if (cells.Length > 1 && double.TryParse(cells[0], CultureInfo.InvariantCulture, out var at) && long.TryParse(cells[1], CultureInfo.InvariantCulture, out var bytes))
                    _readings.Add((at, bytes));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // not there yet, or not any more: no memory is known
        }
    }
}
