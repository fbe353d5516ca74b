using System.Text;

namespace Experiments.Data.FeatureStores;

/// <summary>Reads a table as RFC 4180 has it: quoted fields may hold commas, quotes (doubled) and line breaks.</summary>
internal sealed class CsvLines(TextReader reader, string file)
{
    private readonly StringBuilder _field = new();

    /// <summary>Number of the line that the last row began in, from 1.</summary>
    public int Line { get; private set; }

    private int _line = 1;

    /// <summary>The next row; null at the end. Empty lines are skipped.</summary>
    /// <exception cref="DataFormatException">A quoted field does not end, or goes on behind its end.</exception>
    public string[]? Read()
    {
        while (reader.Peek() is '\r' or '\n')
        {
            EndLine(reader.Read());
        }

        if (reader.Peek() < 0)
        {
            return null;
        }

        Line = _line;
        var fields = new List<string>();
        while (true)
        {
            fields.Add(reader.Peek() == '"' ? Quoted() : Plain());
            var next = reader.Read();
            if (next != ',')
            {
                EndLine(next);
                return [.. fields];
            }
        }
    }

    private string Plain()
    {
        _field.Clear();
        while (reader.Peek() is >= 0 and not (',' or '\r' or '\n'))
        {
            _field.Append((char)reader.Read());
        }

        return _field.ToString();
    }

    private string Quoted()
    {
        _field.Clear();
        reader.Read();
        for (var next = reader.Read(); ; next = reader.Read())
        {
            if (next == '"' && reader.Peek() != '"')
            {
                break;
            }

            if (next < 0)
            {
                throw new DataFormatException(DataFault.BadTable, file, $"line {Line}", "a closing quote", "the end of the file");
            }

            _line += next == '\n' ? 1 : 0;
            _field.Append((char)(next == '"' ? reader.Read() : next));
        }

        return reader.Peek() is < 0 or ',' or '\r' or '\n'
            ? _field.ToString()
            : throw new DataFormatException(DataFault.BadTable, file, $"line {Line}", "a comma behind a closing quote", $"'{(char)reader.Peek()}'");
    }

    private void EndLine(int letter)
    {
        if (letter == '\r' && reader.Peek() == '\n')
        {
            reader.Read();
        }

        _line += letter < 0 ? 0 : 1;
    }
}
