namespace Experiments.Processes.Memory.MacOS;

/// <summary>Processes as macOS's <c>libproc</c> shows them.</summary>
internal interface IFootprints
{
    /// <summary>A process's footprint; null when it is gone.</summary>
    /// <param name="process">The process.</param>
    Footprint? Read(int process);

    /// <summary>The processes that a process started and that still are its children.</summary>
    /// <param name="process">The process.</param>
    IReadOnlyList<int> Children(int process);
}
