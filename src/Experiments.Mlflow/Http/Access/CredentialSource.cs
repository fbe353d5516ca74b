namespace Experiments.Mlflow.Http.Access;

/// <summary>
/// Finds credentials as the Python client does: those in the URI, then user and password, then a token from the environment.
/// A user or password that the environment lacks is taken from <c>~/.mlflow/credentials</c>.
/// </summary>
internal static class CredentialSource
{
    public static MlflowCredentials? Find(Uri trackingUri, Func<string, string?> environment, string credentialsFile)
    {
        if (trackingUri.UserInfo.Length > 0)
        {
            var parts = trackingUri.UserInfo.Split(':', 2);
            return MlflowCredentials.Basic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        var file = ReadFile(credentialsFile);
        var user = NotEmpty(environment("MLFLOW_TRACKING_USERNAME")) ?? file.GetValueOrDefault("mlflow_tracking_username");
        var password = NotEmpty(environment("MLFLOW_TRACKING_PASSWORD")) ?? file.GetValueOrDefault("mlflow_tracking_password");
        if (user is not null && password is not null)
        {
            return MlflowCredentials.Basic(user, password);
        }

        return NotEmpty(environment("MLFLOW_TRACKING_TOKEN")) is { } token ? MlflowCredentials.Bearer(token) : null;
    }

    // An INI file with the section [mlflow].
    private static Dictionary<string, string> ReadFile(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return values;
        }

        var inSection = false;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                inSection = line == "[mlflow]";
            }
            else if (inSection && line.Length > 0 && line[0] is not ('#' or ';') && line.IndexOfAny(['=', ':']) is > 0 and var at)
            {
                values[line[..at].TrimEnd()] = line[(at + 1)..].TrimStart();
            }
        }

        return values;
    }

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
