using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Experiments.Mlflow.Http.Access;

/// <summary>How a server's certificate is checked and which one the client shows.</summary>
internal sealed record TlsSettings
{
    public bool AcceptAnyServer { get; init; }

    public string? ServerCertificatePath { get; init; }

    public string? ClientCertificatePath { get; init; }

    public static TlsSettings Read(Func<string, string?> environment)
    {
        var settings = new TlsSettings
        {
            AcceptAnyServer = environment("MLFLOW_TRACKING_INSECURE_TLS")?.Trim().ToUpperInvariant() is "TRUE" or "1",
            ServerCertificatePath = NotEmpty(environment("MLFLOW_TRACKING_SERVER_CERT_PATH")),
            ClientCertificatePath = NotEmpty(environment("MLFLOW_TRACKING_CLIENT_CERT_PATH")),
        };
        return settings.AcceptAnyServer && settings.ServerCertificatePath is not null
            ? throw new MlflowException(
                MlflowErrorCode.InvalidParameterValue,
                "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH exclude each other: set one of them")
            : settings;
    }

    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions();
        if (AcceptAnyServer)
        {
#pragma warning disable CA5359 // The user has asked for this by a variable with "insecure" in its name.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (ServerCertificatePath is not null)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(ServerCertificatePath);
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            options.CertificateChainPolicy = policy;
        }

        if (ClientCertificatePath is not null)
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(ClientCertificatePath)];
        }

        return options;
    }

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
