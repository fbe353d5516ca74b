using System.Runtime.CompilerServices;

namespace Experiments.Testing;

/// <summary>Tests run many sweeps at once, in this process and in those that they start: none of them waits for another. Tests of the queue name a folder of their own.</summary>
internal static class NoQueue
{
    [ModuleInitializer]
    public static void Choose() => Environment.SetEnvironmentVariable("EXPERIMENTS_QUEUE", "none");
}
