namespace Experiments.PyTorch.Interpreters;

/// <summary>How an interpreter was found.</summary>
public enum InterpreterSource
{
    /// <summary>Named by the definition's <c>python</c>.</summary>
    Definition,

    /// <summary>The active virtual environment: <c>VIRTUAL_ENV</c>.</summary>
    VirtualEnvironment,

    /// <summary>The active conda environment: <c>CONDA_PREFIX</c>.</summary>
    Conda,

    /// <summary>A <c>.venv</c> beside the script or in a folder above it, as uv and others make it; or <c>UV_PROJECT_ENVIRONMENT</c>.</summary>
    ProjectEnvironment,

    /// <summary><c>python3</c> or <c>python</c> on <c>PATH</c>.</summary>
    Path,
}
