namespace Experiments.Definitions.Building;

/// <summary>The arguments of a script or command.</summary>
/// <example>
/// <code>
/// Experiment("scripted", e => e
///     .PyTorch("run.py", args => args
///         .Add("--train")
///         .Add("--epochs", "1")
///         .Axis("--num_workers", "num_workers"))
///     .NumWorkers(0, 2));
/// </code>
/// </example>
public sealed class TrainingArguments
{
    private readonly List<string> _values = [];

    internal TrainingArguments()
    {
    }

    internal IReadOnlyList<string> Values => _values;

    /// <summary>Adds arguments as they are; <c>{axis}</c> is replaced by the configuration's value.</summary>
    /// <param name="values">The arguments, one a string.</param>
    public TrainingArguments Add(params string[] values)
    {
        _values.AddRange(values);
        return this;
    }

    /// <summary>Adds an option whose value is the configuration's: <c>Axis("--num_workers", "num_workers")</c>.</summary>
    /// <param name="option">The option, such as <c>--num_workers</c>.</param>
    /// <param name="axis">The axis.</param>
    public TrainingArguments Axis(string option, string axis) => Add(option, $"{{{axis}}}");
}
