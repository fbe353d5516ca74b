using Experiments.Analysis.Text;
using Experiments.Reports.Console;

namespace Experiments.Tool.Commands;

/// <summary>A small table of a command that only shows.</summary>
internal static class PlainTable
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Writes it: to a terminal as wide as that is, to a file or a pipe whole.</summary>
    public static void Write(IEnumerable<string> columns, IEnumerable<string[]> rows, TextWriter output) => new TextTable
    {
        Columns = [.. columns.Select(column => new TextColumn(column) { IsLeft = true })],
        Rows = [.. rows],
    }.WriteTo(output);

    public static string Rate(double? samplesPerSecond) => samplesPerSecond is { } known ? Quantity.Rate(known) : "-";

    public static string Memory(double? megabytes) => megabytes is { } known ? Quantity.Bytes(known * Mebibyte) : "-";

    public static string Change(double? percent) => percent is { } known ? (known > 0 ? "+" : "") + Quantity.Percent(known) : "-";
}
