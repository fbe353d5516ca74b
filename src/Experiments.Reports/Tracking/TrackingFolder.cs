using System.Security.Cryptography;
using System.Text;

namespace Experiments.Reports.Tracking;

/// <summary>
/// What the recording keeps in a sweep's folder: <c>mlflow/STORE/</c>, a folder for each store that the sweep was recorded in. It holds what is
/// not sent yet, what the store refused, and the ledger.
/// </summary>
/// <param name="Path">Absolute path.</param>
internal sealed record TrackingFolder(string Path)
{
    private const int LongestWord = 60;

    public string Ledger => System.IO.Path.Combine(Path, "ledger.jsonl");

    /// <summary>What the store refused for good.</summary>
    public string Rejected => System.IO.Path.Combine(Path, "rejected.jsonl");

    /// <summary>Whether something was not sent.</summary>
    public bool HasLeftovers => Directory.Exists(Path) && Directory.EnumerateFiles(Path, "segment-*.jsonl").Any();

    public static TrackingFolder Of(string sweepFolder, string trackingUri) =>
        new(System.IO.Path.Combine(System.IO.Path.GetFullPath(sweepFolder), "mlflow", Word(StoreAddress.WithoutCredentials(trackingUri))));

    /// <summary>Readable, and different for different stores.</summary>
    private static string Word(string uri)
    {
        var letters = string.Concat(uri.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.' ? letter : '_')).Trim('_', '.');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri)))[..8];
        return $"{(letters.Length <= LongestWord ? letters : letters[^LongestWord..])}-{hash}";
    }
}
