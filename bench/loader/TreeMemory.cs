using System.Globalization;

namespace Experiments.Bench.Loader;

/// <summary>
/// The highest sum of a process tree's anonymous memory and of the machine's shared memory above what it was before: prefetched
/// batches of PyTorch lie in shared memory that no process has mapped, so no process's own figures show them.
/// </summary>
internal sealed class TreeMemory : IDisposable
{
    private readonly long _sharedBefore = Shared();
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;
    private long _peak;

    public static TreeMemory Begin() => new();

    public void Watch(int process)
    {
        _thread = new Thread(() =>
        {
            do
            {
                _peak = Math.Max(_peak, Tree(process).Sum(Anonymous) + Shared() - _sharedBefore);
            }
            while (!_stop.Token.WaitHandle.WaitOne(20));
        })
        { IsBackground = true };
        _thread.Start();
    }

    public long End()
    {
        _stop.Cancel();
        _thread?.Join();
        return _peak;
    }

    public void Dispose()
    {
        End();
        _stop.Dispose();
    }

    private static List<int> Tree(int process)
    {
        var tree = new List<int> { process };
        for (var i = 0; i < tree.Count; i++)
        {
            foreach (var task in Entries($"/proc/{tree[i]}/task"))
            {
                var children = Read($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                tree.AddRange(children.Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
            }
        }

        return tree;
    }

    private static long Anonymous(int process) => Kilobytes($"/proc/{process}/status", "RssAnon:");

    private static long Shared() => Kilobytes("/proc/meminfo", "Shmem:");

    private static long Kilobytes(string file, string key)
    {
        var line = Read(file).Split('\n').FirstOrDefault(text => text.StartsWith(key, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ', '\t').Where(part => part.Length > 0).ElementAt(1), CultureInfo.InvariantCulture) * 1024;
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (IOException)
        {
            return [];
        }
    }

    // A process may end while it is looked at.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
