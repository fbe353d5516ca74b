using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Code;
using Experiments.Reports.Pages;

namespace Experiments.Pages;

/// <summary>Asks git what commits are called. A clone without their history, and a machine without git, know nothing of them; the pages then have the hashes alone.</summary>
/// <param name="folder">A folder in the repository.</param>
internal sealed partial class CommitLog(string folder)
{
    private const int MostOfARange = 8;

    /// <summary>The commits that the repository knows.</summary>
    /// <param name="hashes">What sweeps recorded; what is no hash is passed over.</param>
    public IReadOnlyList<CommitLine> Subjects(IEnumerable<string> hashes)
    {
        var known = hashes.Where(hash => Hash().IsMatch(hash)).Distinct(StringComparer.Ordinal).ToArray();
        return known.Length == 0 ? [] : Log(["--no-walk=unsorted", "--ignore-missing", .. known]);
    }

    /// <summary>What came between two commits; null where git cannot tell.</summary>
    /// <param name="before">The earlier commit.</param>
    /// <param name="after">The later one.</param>
    public CommitRange? Between(string? before, string? after)
    {
        if (before is null || after is null || before == after || !Hash().IsMatch(before) || !Hash().IsMatch(after))
            return null;
        var commits = Log(["-n", MostOfARange.ToString(CultureInfo.InvariantCulture), $"{before}..{after}"]);
        return commits.Count == 0 ? null : new CommitRange(before, after, commits, commits.Count < MostOfARange ? commits.Count : Count(before, after) ?? commits.Count);
    }

    private IReadOnlyList<CommitLine> Log(string[] arguments) =>
        [.. (Ask(["log", "--no-show-signature", "--no-color", "--format=%H%x09%s", .. arguments, "--"]) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).Select(parts => new CommitLine(parts[0], parts[1]))];

    private int? Count(string before, string after) =>
        int.TryParse(Ask(["rev-list", "--count", $"{before}..{after}", "--"]), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private string? Ask(string[] arguments)
    {
        try
        {
            return Encoding.UTF8.GetString(Git.Ask(folder, arguments)).TrimEnd();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Nothing else reaches git: a file that somebody wrote must not name its options.</summary>
    [GeneratedRegex("^[0-9a-f]{7,64}$")]
    private static partial Regex Hash();
}
