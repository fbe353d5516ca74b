using System.Text;

namespace Experiments.Mlflow.Http;

/// <summary>Writes the query of an address, escaped.</summary>
internal static class QueryText
{
    public static string Write(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToString();
    }
}
