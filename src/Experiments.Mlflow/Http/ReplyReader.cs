using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Experiments.Mlflow.Http;

/// <summary>Reads a good reply, which is JSON; a page of a proxy or a login form is not.</summary>
internal static class ReplyReader
{
    private const int ShownCharacters = 200;

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            var request = response.RequestMessage!;
            var shown = Shorten(System.Text.Encoding.UTF8.GetString(bytes));
            throw new MlflowException(
                MlflowErrorCode.InvalidResponse,
                $"{request.Method} {request.RequestUri!.AbsolutePath}: the reply is not MLflow's JSON; is it an MLflow server? It began: {shown}",
                e)
            {
                StatusCode = response.StatusCode,
                Request = $"{request.Method} {request.RequestUri.AbsolutePath}",
                ServerMessage = shown,
            };
        }
    }

    public static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= ShownCharacters ? line : $"{line[..ShownCharacters]}…";
    }
}
