namespace Experiments.PyTorch.Interpreters;

/// <summary>What an interpreter has.</summary>
public sealed record InterpreterInfo
{
    /// <summary>Python's version, such as <c>3.11.2</c>.</summary>
    public required string PythonVersion { get; init; }

    /// <summary>The program as Python itself names it.</summary>
    public required string Executable { get; init; }

    /// <summary>Whether it ignores <c>PYTHONPATH</c> (a wrapper adds <c>-I</c> or <c>-E</c>): the probe cannot reach it.</summary>
    public bool IgnoresEnvironment { get; init; }

    /// <summary>torch's version; null where it cannot be imported.</summary>
    public string? TorchVersion { get; init; }

    /// <summary>Why torch cannot be imported; null where it can.</summary>
    public string? TorchError { get; init; }

    /// <summary>The CUDA version that torch was built for; null for a CPU build.</summary>
    public string? CudaBuild { get; init; }

    /// <summary>CUDA devices that torch sees.</summary>
    public int CudaDevices { get; init; }

    /// <summary>The file of the sitecustomize that Python imported at its start; null where there is none.</summary>
    public string? Sitecustomize { get; init; }
}
