using System.Globalization;

namespace Experiments.Slurm.Cluster;

/// <summary>What <c>scontrol show config</c> says. Pure.</summary>
internal sealed class ClusterConfiguration
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Jobs that an array may have at most: the limit is of the index, which begins with 0.</summary>
    public int MaxArraySize => int.TryParse(Value("MaxArraySize"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : 1001;

    /// <summary>Slurm's version.</summary>
    public string? Version => Value("SLURM_VERSION");

    /// <summary>Whether ended jobs are kept in a database.</summary>
    public bool HasAccounting => Value("AccountingStorageType") is { } type && type.Contains("slurmdbd", StringComparison.Ordinal);

    /// <summary>Whether the kernel holds a job to its memory.</summary>
    public bool LimitsMemory => Is("TaskPlugin", "cgroup") && Value("ConstrainRAMSpace") is "yes";

    /// <summary>Whether Slurm itself ends a job that has more memory, by sampling.</summary>
    public bool SamplesMemory => Is("JobAcctGatherParams", "OverMemoryKill");

    /// <summary>Whether a job is held to its cores.</summary>
    public bool LimitsCores => Is("TaskPlugin", "affinity") || (Is("TaskPlugin", "cgroup") && Value("ConstrainCores") is "yes");

    /// <summary>Reads it.</summary>
    /// <param name="text">What the command printed.</param>
    public static ClusterConfiguration Parse(string text)
    {
        var configuration = new ClusterConfiguration();
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                configuration._values.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim());
        }

        return configuration;
    }

    /// <summary>A value; null where there is none.</summary>
    /// <param name="key">Its name.</param>
    public string? Value(string key) => _values.GetValueOrDefault(key) is { Length: > 0 } value and not "(null)" ? value : null;

    private bool Is(string key, string part) => Value(key)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
