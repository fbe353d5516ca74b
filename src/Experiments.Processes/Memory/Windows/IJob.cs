namespace Experiments.Processes.Memory.Windows;

/// <summary>A job object that holds a trial's tree, as Windows' calls show it; closing it ends who is still inside.</summary>
internal interface IJob : IDisposable
{
    /// <summary>Asks for information about the job.</summary>
    /// <param name="informationClass">Which, a value of <c>JOBOBJECTINFOCLASS</c>.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>False when it was refused.</returns>
    bool Query(int informationClass, Span<byte> buffer);

    /// <summary>Reads a process's <c>PROCESS_MEMORY_COUNTERS_EX</c>.</summary>
    /// <param name="process">The process.</param>
    /// <param name="counters">Where to.</param>
    /// <returns>False when it is gone.</returns>
    bool ReadProcess(int process, Span<byte> counters);
}
