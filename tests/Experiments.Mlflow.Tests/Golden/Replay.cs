using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>Sends recorded requests to the double, with the double's own ids where the record has placeholders.</summary>
internal sealed partial class Replay(MlflowDouble server) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Dictionary<string, string> _ids = [];
    private string? _pageToken;

    /// <summary>The value of a header that the record hides, by the exchange's name.</summary>
    public Func<string, AuthenticationHeaderValue>? Authorization { get; init; }

    /// <summary>Null if the double answers as recorded; else what is different.</summary>
    public async Task<string?> TryAsync(GoldenExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.ResponseBody is JsonObject created && created["experiment_id"] is { } id)
        {
            // Between the recorded calls there were others, which made experiments too.
            server.State.NextExperimentId = int.Parse(id.GetValue<string>(), CultureInfo.InvariantCulture);
        }

        using var request = Build(exchange);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        var body = isJson && LenientJson.TryParse(text, out var node) ? node : JsonValue.Create(text);
        Learn(exchange.ResponseBody, body);
        if ((int)response.StatusCode != exchange.Status)
        {
            return $"status {(int)response.StatusCode} instead of {exchange.Status}: {text[..Math.Min(200, text.Length)]}";
        }

        if (exchange.ResponseBody is JsonValue recorded && exchange.Status == 200)
        {
            // A download, or a plain word.
            return recorded.GetValue<string>() == text || exchange.Path == "/version" ? null : $"text '{text}'";
        }

        var (expected, actual) = (Shape.Of(exchange.ResponseBody), Shape.Of(body));
        return expected.SetEquals(actual)
            ? ValuesDiffer(exchange, body)
            : $"shape: missing [{string.Join(", ", expected.Except(actual))}], extra [{string.Join(", ", actual.Except(expected))}]";
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Build(GoldenExchange exchange)
    {
        var target = new Uri(
            server.Address + Fill(exchange.Path), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), target);
        if (exchange.RequestBody is { } body)
        {
            var text = body is JsonValue value && value.TryGetValue<string>(out var raw) ? raw : LenientJson.Write(body);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(text)));
        }

        foreach (var (name, value) in exchange.Headers)
        {
            switch (name)
            {
                case "Authorization":
                    request.Headers.Authorization = Authorization!(exchange.Name);
                    break;
                case "Content-Type":
                    (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
                    break;
                case "Transfer-Encoding":
                    request.Headers.TransferEncodingChunked = true;
                    break;
                default:
                    request.Headers.TryAddWithoutValidation(name, value);
                    break;
            }
        }

        return request;
    }

    private string Fill(string text)
    {
        text = RunPlaceholder().Replace(text, match => _ids.GetValueOrDefault(match.Value, match.Value));
        return PagePlaceholder().Replace(text, _ => _pageToken ?? "");
    }

    // The double's id of a run becomes known when the record has a placeholder in the same place of a reply.
    private void Learn(JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject && expected["run"]?["info"]?["run_id"] is { } placeholder && actual?["run"]?["info"]?["run_id"] is { } id)
        {
            _ids[placeholder.GetValue<string>()] = id.GetValue<string>();
        }

        _pageToken = (actual as JsonObject)?["next_page_token"]?.GetValue<string>() ?? _pageToken;
    }

    // Of single runs and of histories the values too must be as recorded: the order of points, what was dropped, what was cut.
    private string? ValuesDiffer(GoldenExchange exchange, JsonNode? actual)
    {
        foreach (var path in new[] { "run/data/metrics", "run/data/params", "run/data/tags", "run/info/status", "metrics", "files" })
        {
            var (expectedPart, actualPart) = (Find(exchange.ResponseBody, path), Find(actual, path));
            var wanted = Fill(LenientJson.Write(Shortened.Expand(expectedPart?.DeepClone()) ?? ""));
            if (expectedPart is not null && !wanted.Contains("<RANDOM_NAME>", StringComparison.Ordinal)
                && !JsonNode.DeepEquals(Normal(wanted), Normal(LenientJson.Write(actualPart ?? ""))))
            {
                return $"{path}: {actualPart?.ToJsonString()[..Math.Min(300, actualPart.ToJsonString().Length)]} instead of {wanted[..Math.Min(300, wanted.Length)]}";
            }
        }

        return null;
    }

    private static JsonNode? Find(JsonNode? node, string path) =>
        path.Split('/').Aggregate(node, (at, name) => (at as JsonObject)?[name]);

    // 1.0 and 1 are one number.
    private static JsonNode? Normal(string json) => JsonNode.Parse(WholeNumber().Replace(json, "$1"));

    [GeneratedRegex("<RUN_[0-9]+>")]
    private static partial Regex RunPlaceholder();

    [GeneratedRegex("<PAGE_TOKEN(_[0-9]+)?>")]
    private static partial Regex PagePlaceholder();

    [GeneratedRegex(@"(:-?[0-9]+)\.0(?=[,}])")]
    private static partial Regex WholeNumber();
}
