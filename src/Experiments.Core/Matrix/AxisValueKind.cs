namespace Experiments.Core.Matrix;

/// <summary>What kind of scalar an axis value was written as.</summary>
public enum AxisValueKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
