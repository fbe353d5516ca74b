using System.Text.Json.Nodes;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>One recorded request with its response.</summary>
internal sealed record GoldenExchange
{
    public required string Name { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public JsonNode? RequestBody { get; init; }

    public required int Status { get; init; }

    public JsonNode? ResponseBody { get; init; }

    public static GoldenExchange Parse(string line)
    {
        var json = LenientJson.Parse(line)!;
        var (request, response) = (json["request"]!, json["response"]!);
        return new GoldenExchange
        {
            Name = json["name"]!.GetValue<string>(),
            Method = request["method"]!.GetValue<string>(),
            Path = request["path"]!.GetValue<string>(),
            Headers = request["headers"]!.AsObject().ToDictionary(header => header.Key, header => header.Value!.GetValue<string>()),
            RequestBody = Shortened.Expand(request["body"]?.DeepClone()),
            Status = response["status"]!.GetValue<int>(),
            ResponseBody = response["body"]?.DeepClone(),
        };
    }
}
