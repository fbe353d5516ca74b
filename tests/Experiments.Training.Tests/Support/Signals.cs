using System.Runtime.InteropServices;

namespace Experiments.Training.Tests.Support;

/// <summary>Sends a signal, which .NET alone cannot.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;

    public static void Terminate(int processId) => Assert.Equal(0, Kill(processId, SigTerm));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
