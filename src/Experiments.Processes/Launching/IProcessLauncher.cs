namespace Experiments.Processes.Launching;

/// <summary>Starts processes: <see cref="PosixLauncher"/> on Linux and macOS, <see cref="PortableLauncher"/> elsewhere.</summary>
internal interface IProcessLauncher
{
    /// <summary>Starts a process in a session of its own.</summary>
    /// <param name="request">What to start.</param>
    /// <exception cref="LaunchException">It could not be started.</exception>
    IRunningProcess Start(LaunchRequest request);
}
