using Microsoft.Data.Sqlite;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Says what an SQLite error means to a caller.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static MlflowException Translate(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => Transient(path, "is locked by another process", e),
        Full => Transient(path, "cannot grow: the disk is full", e),
        Io or CannotOpen or ReadOnly => Transient(path, $"cannot be written: {e.Message}", e),
        Corrupt or NotADatabase => new MlflowSchemaException(path, null, e.Message),
        _ => new MlflowException(MlflowErrorCode.InternalError, $"the database '{path}' failed: {e.Message}", e),
    };

    private static MlflowException Transient(string path, string what, SqliteException e) =>
        new(MlflowErrorCode.TemporarilyUnavailable, $"the database '{path}' {what}", e) { IsTransient = true };
}
