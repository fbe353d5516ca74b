namespace Experiments.Processes.Launching;

/// <summary>The processes that this program started itself and has not reaped; any other child in another session is a trial's orphan.</summary>
internal static class LiveProcesses
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Ids = [];
    private static int _trees;

    /// <summary>Trials that run now; with one, every orphan is its own.</summary>
    internal static int Trees => Volatile.Read(ref _trees);

    /// <summary>Starts a process so that nobody sees it before it is known.</summary>
    /// <param name="start">Starts it and tells its number.</param>
    internal static int Start(Func<int> start)
    {
        lock (Gate)
        {
            var id = start();
            Ids.Add(id);
            return id;
        }
    }

    internal static void Remove(int id)
    {
        lock (Gate)
            Ids.Remove(id);
    }

    internal static void TreeBegins() => Interlocked.Increment(ref _trees);

    internal static void TreeEnds() => Interlocked.Decrement(ref _trees);

    internal static bool Contains(int id)
    {
        lock (Gate)
            return Ids.Contains(id);
    }
}
