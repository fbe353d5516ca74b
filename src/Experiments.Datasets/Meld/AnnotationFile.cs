using System.Globalization;
using CsvHelper;

namespace Experiments.Datasets.Meld;

/// <summary>Reads one of MELD's or EMOTyDA's CSV files.</summary>
internal static class AnnotationFile
{
    private static readonly string[] Columns = ["Utterance", "Dialogue_ID", "Utterance_ID", "Season", "Episode", "StartTime", "EndTime"];

    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public static IReadOnlyList<AnnotationRow> Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' is missing: the annotations folder must hold {string.Join(", ", MeldFiles.All)}.", path);
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MissingField = CsvMissingFieldHandling.ReturnEmpty,
        });
        foreach (var column in Columns)
            if (!csv.TryGetFieldIndex(column, out _))
                throw new InvalidDataException($"'{path}' has no column '{column}'; it must have {string.Join(", ", Columns)}.");
        var labelled = csv.TryGetFieldIndex("Dialogue Act", out var label);

        var rows = new List<AnnotationRow>();
        while (csv.Read())
        {
            rows.Add(new AnnotationRow
            {
                Place = string.Create(CultureInfo.InvariantCulture, $"{name}:{csv.LineNumber}"),
                Utterance = csv.GetString("Utterance"),
                Dialogue = csv.GetString("Dialogue_ID").Trim(),
                Number = csv.GetString("Utterance_ID").Trim(),
                Season = csv.GetString("Season").Trim(),
                Episode = csv.GetString("Episode").Trim(),
                Start = csv.GetString("StartTime"),
                End = csv.GetString("EndTime"),
                Label = labelled ? csv.GetString(label) : null,
            });
        }

        return rows;
    }
}
