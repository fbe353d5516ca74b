using Experiments.Processes.Kernel;

namespace Experiments.Processes.Running;

/// <summary>Makes this program the new parent of its descendants' orphans (Linux), so that none leaves its tree, however often it forks and detaches.</summary>
internal static class Subreaper
{
    private const int SetChildSubreaper = 36;

    private static readonly Lazy<bool> Enabled =
        new(() => OperatingSystem.IsLinux() && NativeMethods.ProcessControl(SetChildSubreaper, 1, 0, 0, 0) == 0);

    /// <summary>Enables it for the life of this program; false where the system has no such thing.</summary>
    internal static bool Enable() => Enabled.Value;
}
