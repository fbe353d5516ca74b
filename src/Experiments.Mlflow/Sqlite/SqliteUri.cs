namespace Experiments.Mlflow.Sqlite;

/// <summary>SQLAlchemy's way to name an SQLite file: three slashes before a relative path, four before an absolute one.</summary>
internal static class SqliteUri
{
    private const string Prefix = "sqlite:///";

    public static string? TryGetPath(string uri)
    {
        if (!uri.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = uri[Prefix.Length..];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        path = query < 0 ? path : path[..query];
        return path is "" or ":memory:"
            ? throw new ArgumentException($"'{uri}' names no file")
            : Path.GetFullPath(path);
    }

    public static string For(string path) => Prefix + path.Replace('\\', '/');
}
