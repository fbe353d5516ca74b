using System.Net.Http.Headers;
using System.Text;

namespace Experiments.Mlflow.Http.Access;

/// <summary>What is sent to be let in. Its text shows nothing of it.</summary>
internal sealed class MlflowCredentials
{
    private readonly string _scheme;
    private readonly string _secret;

    private MlflowCredentials(string scheme, string secret) => (_scheme, _secret) = (scheme, secret);

    public AuthenticationHeaderValue Header => new(_scheme, _secret);

    public static MlflowCredentials Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static MlflowCredentials Bearer(string token) => new("Bearer", token);

    public override string ToString() => $"{_scheme} (hidden)";
}
