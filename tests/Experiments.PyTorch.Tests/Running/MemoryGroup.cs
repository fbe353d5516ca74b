using System.Globalization;

namespace Experiments.PyTorch.Tests.Running;

/// <summary>A memory cgroup with a limit, version 1 or 2, for one script.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";
    private readonly string _folder;
    private readonly bool _isVersion1 = Directory.Exists(Version1);

    public MemoryGroup(long bytes)
    {
        _folder = Path.Combine(_isVersion1 ? Version1 : Version2, $"experiments-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_folder);
        Write(_isVersion1 ? "memory.limit_in_bytes" : "memory.max", bytes.ToString(CultureInfo.InvariantCulture));
        if (!_isVersion1)
            Write("memory.swap.max", "0");
    }

    /// <summary>A shell command that succeeds where a group can be made.</summary>
    public static string Probe { get; } =
        $"d={Version2}; [ -d {Version1} ] && d={Version1}; f=memory.max; [ -d {Version1} ] && f=memory.limit_in_bytes; "
        + "g=$d/experiments-try-$$; mkdir $g && [ -w $g/$f ]; code=$?; rmdir $g; exit $code";

    /// <summary>A shell command that enters the group and becomes the script.</summary>
    public string Shell => $"echo $$ > '{_folder}/cgroup.procs' && exec \"$@\"";

    public long OomKills => File.ReadLines(Path.Combine(_folder, _isVersion1 ? "memory.oom_control" : "memory.events"))
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // a process that the kernel is still tearing down; an empty group costs nothing
        }
    }

    private void Write(string file, string text)
    {
        if (File.Exists(Path.Combine(_folder, file)))
            File.WriteAllText(Path.Combine(_folder, file), text);
    }
}
