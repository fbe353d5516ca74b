namespace Experiments.Processes.Launching;

/// <summary>The launcher of this system.</summary>
internal static class ProcessLauncher
{
    /// <summary>By <c>posix_spawn</c> where there is one.</summary>
    internal static IProcessLauncher Default { get; } =
        OperatingSystem.IsWindows() ? new PortableLauncher() : new PosixLauncher();
}
