namespace Experiments.Engine.Execution;

/// <summary>How memory is measured.</summary>
public enum MemoryMethod
{
    /// <summary>The best that the machine allows.</summary>
    Best,

    /// <summary>By <c>/proc</c> only, as on machines that give no control groups.</summary>
    Proc,
}
