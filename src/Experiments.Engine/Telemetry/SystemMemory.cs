using Experiments.Engine.Telemetry.MacOS;
using Experiments.Engine.Telemetry.Windows;

namespace Experiments.Engine.Telemetry;

/// <summary>The way to measure a tree's memory on systems that have neither control groups nor <c>/proc</c>.</summary>
internal static class SystemMemory
{
    /// <summary>The best that this system has.</summary>
    /// <param name="process">The tree's main process.</param>
    /// <param name="limitBytes">The trial's limit, or null.</param>
    internal static ITreeMemory Of(int process, long? limitBytes)
    {
        if (OperatingSystem.IsWindows())
            return JobObject.TryCreate(process, JobMemory.JobLimitBytes(limitBytes), out var reason) is { } job ? new JobMemory(job, limitBytes) : new NoMemory(reason);
        return OperatingSystem.IsMacOS()
            ? new FootprintMemory(process, new LibProc())
            : new NoMemory($"memory is not measured on {Environment.OSVersion.Platform}");
    }
}
