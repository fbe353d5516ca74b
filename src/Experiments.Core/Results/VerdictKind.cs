namespace Experiments.Core.Results;

/// <summary>The outcome of a gate, a configuration or a sweep, from best to worst.</summary>
public enum VerdictKind
{
    /// <summary>Measured, and every gate holds.</summary>
    Pass,

    /// <summary>The control slowed down as well: the machine changed, not the code.</summary>
    EnvironmentChanged,

    /// <summary>The measurements do not tell.</summary>
    Inconclusive,

    /// <summary>Nothing was measured; never green.</summary>
    NotMeasured,

    /// <summary>A trial crashed or timed out.</summary>
    Failed,

    /// <summary>The script does not take the arguments that the definition gives it: bad usage, which no setting of the matrix changes.</summary>
    ArgumentsRefused,

    /// <summary>Slower or larger than the baseline allows.</summary>
    Regressed,

    /// <summary>Not run, because its memory was foreseen to exceed the limit.</summary>
    Foreseen,

    /// <summary>Memory above its limit or gate.</summary>
    BlownUp,
}
