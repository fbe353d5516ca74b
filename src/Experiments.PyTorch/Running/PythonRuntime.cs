using System.Globalization;
using Experiments.PyTorch.Interpreters;

namespace Experiments.PyTorch.Running;

/// <summary>The interpreter that a sweep's trials use, and what it has.</summary>
/// <param name="Interpreter">The program, and how it was found.</param>
/// <param name="Info">Its versions and devices.</param>
public sealed record PythonRuntime(Interpreter Interpreter, InterpreterInfo Info)
{
    /// <summary>Tags of the sweep's runs: <c>experiments.python</c>, <c>experiments.torch</c>, <c>experiments.cuda</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags => new Dictionary<string, string>
    {
        ["experiments.python"] = Info.PythonVersion,
        ["experiments.torch"] = Info.TorchVersion ?? "none",
        ["experiments.cuda"] = Info.CudaBuild ?? "none",
    };

    /// <summary>One line for the console: <c>Python 3.11.2 with torch 1.13.1 (CPU build) at /usr/bin/python3, found on PATH</c>.</summary>
    public override string ToString()
    {
        var build = Info.CudaBuild is { } cuda
            ? string.Create(CultureInfo.InvariantCulture, $"CUDA {cuda}, devices: {Info.CudaDevices}")
            : "CPU build";
        var found = Interpreter.Source switch
        {
            InterpreterSource.Definition => "named by the definition",
            InterpreterSource.VirtualEnvironment => "the active virtual environment's",
            InterpreterSource.Conda => "the active conda environment's",
            InterpreterSource.ProjectEnvironment => "the project's environment's",
            _ => "found on PATH",
        };
        return $"Python {Info.PythonVersion} with torch {Info.TorchVersion} ({build}) at {Interpreter.File}, {found}";
    }
}
