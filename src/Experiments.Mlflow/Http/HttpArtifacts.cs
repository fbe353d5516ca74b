using Experiments.Mlflow.Artifacts;

namespace Experiments.Mlflow.Http;

/// <summary>Artifacts through a server's proxy, or in a local folder where the server says that they lie there.</summary>
internal sealed class HttpArtifacts(RestClient client)
{
    private const string ProxyPath = "api/2.0/mlflow-artifacts/artifacts/";

    public async Task UploadAsync(string artifactUri, string path, Stream content, CancellationToken cancellationToken)
    {
        if (LocalArtifacts.TryGetFolder(artifactUri) is { } folder)
        {
            await new LocalArtifacts(folder).WriteAsync(path, content, cancellationToken);
            return;
        }

        if (!content.CanSeek)
        {
            await using var buffer = new FileStream(
                Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await content.CopyToAsync(buffer, cancellationToken);
            buffer.Position = 0;
            await PutAsync(artifactUri, path, buffer, cancellationToken);
            return;
        }

        await PutAsync(artifactUri, path, content, cancellationToken);
    }

    public async Task<Stream> OpenAsync(string artifactUri, string path, CancellationToken cancellationToken)
    {
        if (LocalArtifacts.TryGetFolder(artifactUri) is { } folder)
        {
            return new LocalArtifacts(folder).Open(path);
        }

        var response = await client.SendAsync(
            HttpMethod.Get, Address(artifactUri, path), () => null, HttpCompletionOption.ResponseHeadersRead, bodyBytes: 0, cancellationToken);
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    public async Task DeleteAsync(string artifactUri, string path, CancellationToken cancellationToken)
    {
        if (LocalArtifacts.TryGetFolder(artifactUri) is { } folder)
        {
            new LocalArtifacts(folder).Delete(path);
            return;
        }

        using var response = await client.SendAsync(
            HttpMethod.Delete, Address(artifactUri, path), () => null, HttpCompletionOption.ResponseContentRead, bodyBytes: 0, cancellationToken);
    }

    private async Task PutAsync(string artifactUri, string path, Stream content, CancellationToken cancellationToken)
    {
        var (start, length) = (content.Position, content.Length - content.Position);
        using var response = await client.SendAsync(
            HttpMethod.Put,
            Address(artifactUri, path),
            () => new StreamedBody(content, start, length),
            HttpCompletionOption.ResponseContentRead,
            length,
            cancellationToken);
    }

    internal Uri Address(string artifactUri, string path)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        if (!Uri.TryCreate(artifactUri, UriKind.Absolute, out var uri) || uri.Scheme is not ("mlflow-artifacts" or "http" or "https"))
        {
            throw new MlflowException(
                MlflowErrorCode.InvalidParameterValue,
                $"the artifacts lie at '{artifactUri}', which this client cannot reach: let the server serve artifacts (--serve-artifacts)");
        }

        if (uri.Scheme != "mlflow-artifacts")
        {
            return new Uri($"{uri.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{escaped}");
        }

        // mlflow-artifacts:/path is on the tracking server, mlflow-artifacts://host:port/path on another one.
        var server = uri.Host.Length == 0 ? client.BaseUri : new Uri($"{client.BaseUri.Scheme}://{uri.Authority}/");
        return new Uri(server, $"{ProxyPath}{uri.AbsolutePath.Trim('/')}/{escaped}");
    }
}
