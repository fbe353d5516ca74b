namespace Experiments.Definitions.Building;

/// <summary>Some values of a configuration, to exclude or to include.</summary>
/// <example>
/// <code>
/// Experiment("two-datasets", e => e
///     .Command("./train.sh", "{dataset}", "{num_workers}")
///     .Dataset("MELD-DA", "MIntRec").NumWorkers(0, 8, 16)
///     .Exclude(c => c.Dataset("MIntRec").NumWorkers(16))
///     .Include(c => c.Dataset("MIntRec").NumWorkers(1)));
/// </code>
/// </example>
public sealed class ConfigurationValues
{
    private readonly Branch _values = new();

    private ConfigurationValues()
    {
    }

    internal static Branch Of(Action<ConfigurationValues> configure)
    {
        var values = new ConfigurationValues();
        configure(values);
        return values._values;
    }

    /// <summary>The dataset.</summary>
    /// <param name="name">A value of the axis <c>dataset</c>.</param>
    public ConfigurationValues Dataset(string name) => Axis("dataset", name);

    /// <summary>Loader workers.</summary>
    /// <param name="count">A value of the axis <c>num_workers</c>.</param>
    public ConfigurationValues NumWorkers(int count) => Axis("num_workers", count);

    /// <summary>Whether memory is pinned.</summary>
    /// <param name="value">A value of the axis <c>pin_memory</c>.</param>
    public ConfigurationValues PinMemory(bool value) => Axis("pin_memory", value);

    /// <summary>Batches loaded ahead by each worker.</summary>
    /// <param name="batches">A value of the axis <c>prefetch_factor</c>.</param>
    public ConfigurationValues PrefetchFactor(int batches) => Axis("prefetch_factor", batches);

    /// <summary>Whether workers outlive an epoch.</summary>
    /// <param name="value">A value of the axis <c>persistent_workers</c>.</param>
    public ConfigurationValues PersistentWorkers(bool value) => Axis("persistent_workers", value);

    /// <summary>A word.</summary>
    /// <param name="name">The axis.</param>
    /// <param name="value">Its value.</param>
    public ConfigurationValues Axis(string name, string value) => Set(name, value);

    /// <summary>A whole number.</summary>
    /// <inheritdoc cref="Axis(string, string)"/>
    public ConfigurationValues Axis(string name, int value) => Set(name, value);

    /// <summary>A number.</summary>
    /// <inheritdoc cref="Axis(string, string)"/>
    public ConfigurationValues Axis(string name, double value) => Set(name, value);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <inheritdoc cref="Axis(string, string)"/>
    public ConfigurationValues Axis(string name, bool value) => Set(name, value);

    private ConfigurationValues Set(string name, object value)
    {
        _values.Set(name, value);
        return this;
    }
}
