using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Mlflow.Http.Access;
using Experiments.Mlflow.Http.Wire;
using Polly;
using Polly.Timeout;

namespace Experiments.Mlflow.Http;

/// <summary>
/// Sends requests with retries and makes exceptions of what goes wrong. Bodies always have a Content-Length: servers lose chunked ones.
/// </summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly MlflowCredentials? _credentials;
    private readonly MlflowRetryOptions _retry;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RestClient(Uri baseUri, HttpMessageHandler handler, MlflowCredentials? credentials, MlflowRetryOptions retry, TimeProvider time)
    {
        BaseUri = baseUri;
        (_credentials, _retry, _time) = (credentials, retry, time);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("experiments-mlflow");
        _pipeline = RetryPolicy.Build(retry, time, bodyBytes: 0);
    }

    /// <summary>The server's address, ending with a slash and without credentials.</summary>
    public Uri BaseUri { get; }

    public Task<TReply> GetAsync<TReply>(string path, JsonTypeInfo<TReply> reply, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, path, body: null, reply, cancellationToken);

    public Task<TReply> PostAsync<TRequest, TReply>(
        string path, TRequest request, JsonTypeInfo<TRequest> type, JsonTypeInfo<TReply> reply, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(request, type), reply, cancellationToken);

    public async Task PostAsync<TRequest>(
        string path, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellationToken) =>
        _ = await PostAsync(path, request, type, MlflowJson.Default.Nothing, cancellationToken);

    private async Task<TReply> CallAsync<TReply>(
        HttpMethod method, string path, byte[]? body, JsonTypeInfo<TReply> reply, CancellationToken cancellationToken)
    {
        var uri = new Uri(BaseUri, path);
        using var response = await SendAsync(
            method, uri, () => body is null ? null : JsonBody.Create(body), HttpCompletionOption.ResponseContentRead, bodyBytes: 0, cancellationToken);
        return await ReplyReader.ReadAsync(response, reply, cancellationToken);
    }

    /// <summary>Sends a request, again and again if need be. The caller disposes the response, whose status says success.</summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The address.</param>
    /// <param name="body">Makes the body, anew for each try.</param>
    /// <param name="completion">When the response counts as there.</param>
    /// <param name="bodyBytes">The body's size where it is large, to allow it time; else 0.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The response.</returns>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri uri, Func<HttpContent?> body, HttpCompletionOption completion, long bodyBytes, CancellationToken cancellationToken)
    {
        var pipeline = bodyBytes == 0 ? _pipeline : RetryPolicy.Build(_retry, _time, bodyBytes);
        HttpResponseMessage response;
        try
        {
            response = await pipeline.ExecuteAsync(
                async token =>
                {
                    using var request = new HttpRequestMessage(method, uri) { Content = body(), Version = HttpVersion.Version11 };
                    request.Headers.Authorization = IsOurs(uri) ? _credentials?.Header : null;
                    request.Headers.TransferEncodingChunked = false;
                    return await _http.SendAsync(request, completion, token);
                },
                cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw Faults.Unreachable(method, uri, e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Faults.ReadAsync(method, uri, response, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    // An artifact may lie on another host, which must not see the credentials.
    private bool IsOurs(Uri uri) => Uri.Compare(uri, BaseUri, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
