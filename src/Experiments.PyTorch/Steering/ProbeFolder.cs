namespace Experiments.PyTorch.Steering;

/// <summary>Where the probe's Python files are: copied beside the program.</summary>
public static class ProbeFolder
{
    /// <summary>The folder that goes first on a trial's <c>PYTHONPATH</c>.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "probe");

    /// <summary>The module that Python imports when it starts.</summary>
    public static string Sitecustomize { get; } = System.IO.Path.Combine(Path, "sitecustomize.py");
}
