using Microsoft.Data.Sqlite;

namespace Experiments.Mlflow.Sqlite;

/// <summary>
/// The one connection of a store: opened and checked by its first use, used by one thread at a time, always off the caller's thread.
/// Writers begin with BEGIN IMMEDIATE, so that two of them wait for each other rather than fail when a reader becomes a writer.
/// </summary>
internal sealed class SqliteDatabase(string path, Action<SqliteSession> prepare) : IAsyncDisposable
{
    private const int BusyTimeoutSeconds = 60;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SqliteConnection? _connection;
    private SqliteSession? _session;

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        RunAsync(deferred: true, read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        RunAsync(deferred: false, write, cancellationToken);

    public Task WriteAsync(Action<SqliteSession> write, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                write(session);
                return 0;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        Close();
        _gate.Dispose();
    }

    private async Task<T> RunAsync<T>(bool deferred, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => RunInTransaction(deferred, work), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T RunInTransaction<T>(bool deferred, Func<SqliteSession, T> work)
    {
        try
        {
            var session = _session ?? Open();
            using var transaction = _connection!.BeginTransaction(deferred);
            session.Transaction = transaction;
            var result = work(session);
            transaction.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Translate(path, e);
        }
    }

    private SqliteSession Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = BusyTimeoutSeconds,
            ForeignKeys = true,
            Pooling = false,
        };
        _connection = new SqliteConnection(connectionString.ToString());
        try
        {
            _connection.Open();
            var session = new SqliteSession(_connection);
            session.Execute($"PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}");
            if (session.Scalar("PRAGMA journal_mode") is not "wal")
            {
                // Where the file system cannot share memory, the old mode stays, and all still works, only slower.
                session.Execute("PRAGMA journal_mode = WAL");
            }

            session.Execute("PRAGMA synchronous = NORMAL");
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                session.Transaction = transaction;
                prepare(session);
                transaction.Commit();
            }

            return _session = session;
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Close()
    {
        _session?.Dispose();
        _connection?.Dispose();
        _session = null;
        _connection = null;
    }
}
