using System.Text;

namespace Experiments.Data.FeatureStores;

/// <summary>The content of <c>samples.csv</c>: a row a sample, in the order of the arrays.</summary>
internal sealed record SampleTable(string[] Names, Split[] Splits, int[] Labels)
{
    public const string FileName = "samples.csv";

    /// <exception cref="DataFormatException">The file is missing, or a column, a split, a label or the number of rows is wrong.</exception>
    public static SampleTable Read(string folder, StoreDescription description)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(new CsvLines(reader, file), file, description);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(DataFault.Unreadable, file, "file", "a readable file", problem.Message.TrimEnd('.'));
        }
        catch (DecoderFallbackException)
        {
            throw new DataFormatException(DataFault.BadTable, file, "encoding", "UTF-8", "bytes that are not");
        }
    }

    private static SampleTable Read(CsvLines lines, string file, StoreDescription description)
    {
        var header = lines.Read() ?? [];
        var (sample, split, label) = (Column("sample"), Column("split"), Column("label"));
        var classes = description.Classes.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        var names = new List<string>(description.Samples);
        var splits = new List<Split>(description.Samples);
        var labels = new List<int>(description.Samples);
        while (lines.Read() is { } row)
        {
            if (row.Length != header.Length)
            {
                throw new DataFormatException(DataFault.BadTable, file, $"line {lines.Line}", $"{header.Length} fields", $"{row.Length}");
            }

            names.Add(row[sample]);
            splits.Add(row[split] switch
            {
                "train" => Split.Train,
                "dev" => Split.Dev,
                "test" => Split.Test,
                _ => throw new DataFormatException(DataFault.BadValue, file, $"line {lines.Line}, split", "train, dev or test", $"'{row[split]}'"),
            });
            labels.Add(classes.TryGetValue(row[label], out var index)
                ? index
                : throw new DataFormatException(DataFault.BadValue, file, $"line {lines.Line}, label", $"one of {string.Join(", ", description.Classes)}", $"'{row[label]}'"));
        }

        return names.Count == description.Samples
            ? new SampleTable([.. names], [.. splits], [.. labels])
            : throw new DataFormatException(DataFault.WrongSize, file, "rows", $"{description.Samples} as {StoreDescription.FileName} says", $"{names.Count}");

        int Column(string name) => Array.IndexOf(header, name) is >= 0 and var index
            ? index
            : throw new DataFormatException(DataFault.BadTable, file, "line 1", $"a column '{name}'", header.Length == 0 ? "an empty file" : string.Join(",", header));
    }
}
