namespace Experiments.Mlflow.Artifacts;

/// <summary>Which artifact paths are the same thing to every server, proxy and file system.</summary>
internal static class ArtifactPath
{
    // '#' and '\' are refused by servers, '%' is decoded by them twice, '?' cannot be a file's name everywhere.
    private const string Refused = "#%?\\";

    public static void Check(string path)
    {
        if (FindFault(path) is { } fault)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"artifact path '{path}' {fault}");
        }
    }

    internal static string? FindFault(string path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return "is empty";
        }

        foreach (var c in path)
        {
            if (char.IsControl(c) || Refused.Contains(c, StringComparison.Ordinal))
            {
                return char.IsControl(c) ? "holds a control character" : $"holds '{c}', which servers refuse or alter";
            }
        }

        if (path.Length > 1 && path[1] == ':')
        {
            return "looks like a Windows drive";
        }

        return path.Split('/').Any(part => part is "" or "." or "..") ? "is not a plain relative path" : null;
    }
}
