using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Mlflow.Search;

/// <summary>MLflow's page token: Base64 of <c>{"offset": 2}</c>.</summary>
internal static partial class PageToken
{
    public const int MaxResultsLimit = 50_000;

    public static string Write(long offset) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"offset": {{offset}}}""")));

    public static long Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        var bytes = new byte[token.Length];
        var match = Convert.TryFromBase64String(token, bytes, out var count)
            ? Pattern().Match(Encoding.UTF8.GetString(bytes, 0, count))
            : Match.Empty;
        return match.Success
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw SearchSyntax.Fault($"Invalid page token '{token}'");
    }

    public static void CheckMaxResults(int maxResults)
    {
        if (maxResults is < 1 or > MaxResultsLimit)
        {
            throw SearchSyntax.Fault($"Invalid value {maxResults} for max_results: it must be between 1 and {MaxResultsLimit}");
        }
    }

    [GeneratedRegex("""^\{"offset": ?([0-9]{1,18})\}$""")]
    private static partial Regex Pattern();
}
