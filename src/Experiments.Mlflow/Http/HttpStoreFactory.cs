using Experiments.Mlflow.Http.Access;

namespace Experiments.Mlflow.Http;

/// <summary>Makes a store for a server's address, with the credentials and TLS settings that the environment gives.</summary>
internal static class HttpStoreFactory
{
    private static string CredentialsFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".mlflow", "credentials");

    public static bool Handles(string uri) =>
        uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static HttpStore Create(string trackingUri, MlflowOptions options) =>
        Create(trackingUri, options, Environment.GetEnvironmentVariable, CredentialsFile);

    internal static HttpStore Create(
        string trackingUri, MlflowOptions options, Func<string, string?> environment, string credentialsFile)
    {
        if (!Uri.TryCreate(trackingUri, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new ArgumentException("the tracking URI is no address of a server");
        }

        var credentials = CredentialSource.Find(uri, environment, credentialsFile);
        var tls = TlsSettings.Read(environment);
        var baseUri = new Uri($"{uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')}/");
        RestClient Client(MlflowRetryOptions retry) => new(baseUri, Handler(tls), credentials, retry, options.TimeProvider);
        return new HttpStore(Client(options.Retry), Client(options.Retry with { MaxRetries = 0 }), options);
    }

    private static SocketsHttpHandler Handler(TlsSettings tls) => new()
    {
        // A redirected POST would come as a GET without its body; the error that says where the server is helps more.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        SslOptions = tls.ToOptions(),
    };
}
