using System.Net;
using System.Text.Json;
using Experiments.Mlflow.Http.Wire;
using Polly.Timeout;

namespace Experiments.Mlflow.Http;

/// <summary>Makes exceptions of failed calls. Credentials are in no part of them: the address is shown without user, and no header is.</summary>
internal static class Faults
{
    public static MlflowException Unreachable(HttpMethod method, Uri uri, Exception e)
    {
        var why = e is TimeoutRejectedException ? "no reply in time" : (e.InnerException ?? e).Message;
        return new MlflowException(MlflowErrorCode.TemporarilyUnavailable, $"{Describe(method, uri)} at {Address(uri)}: {why}", e)
        {
            Request = Describe(method, uri),
            IsTransient = RetryPolicy.IsTransient(e),
        };
    }

    public static async Task<MlflowException> ReadAsync(
        HttpMethod method, Uri uri, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body;
        try
        {
            body = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Unreachable(method, uri, e);
        }

        var error = TryParse(body);
        var status = response.StatusCode;
        var message = error?.Message ?? ReplyReader.Shorten(body);
        return new MlflowException(
            error?.ErrorCode ?? CodeOf(status),
            $"{Describe(method, uri)} at {Address(uri)}: {(int)status} {response.ReasonPhrase}{Hint(response)}: {message}")
        {
            StatusCode = status,
            Request = Describe(method, uri),
            ServerMessage = message,
            IsTransient = RetryPolicy.IsTransient(status),
        };
    }

    private static ErrorReply? TryParse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, MlflowJson.Default.ErrorReply) is { ErrorCode: not null } error ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        401 => MlflowErrorCode.Unauthenticated,
        403 => MlflowErrorCode.PermissionDenied,
        408 or 429 or 502 or 503 or 504 => MlflowErrorCode.TemporarilyUnavailable,
        500 => MlflowErrorCode.InternalError,
        _ => MlflowErrorCode.InvalidResponse,
    };

    private static string Hint(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 300 and < 400 => $" (the server redirects to {response.Headers.Location}; set the tracking URI to where it leads)",
        401 => " (set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN)",
        _ => "",
    };

    private static string Describe(HttpMethod method, Uri uri) => $"{method} {uri.AbsolutePath}";

    private static string Address(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
