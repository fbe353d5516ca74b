using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Core.Events;

namespace Experiments.Tool.SelfTesting;

/// <summary>A training that takes a known time and memory, and shows one known fault.</summary>
internal static class SelfTestTrial
{
    public const string Command = "selftest-trial";

    private const int Mebibyte = 1 << 20;
    private const int CrashCode = 7;
    private const int CrashStep = 10;
    private const int SpikeStep = 24;
    private static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SpikeTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs under the engine's environment.</summary>
    /// <param name="fault">The fault that this configuration has where faults are injected.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string fault)
    {
        var injected = Environment.GetEnvironmentVariable(SelfTestDefinition.InjectVariable) == "1" ? fault : "";
        var steps = Number("EXPERIMENTS_WARMUP_STEPS") + Number("EXPERIMENTS_STEPS");
        using var events = new StreamWriter(new FileStream(Environment.GetEnvironmentVariable("EXPERIMENTS_EVENTS")!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true, NewLine = "\n" };
        Hold(40 * Mebibyte);
        for (var step = 1; step <= steps; step++)
        {
            var started = Stopwatch.GetTimestamp();
            Thread.Sleep(injected == Fault.Slowdown ? StepTime * 1.4 : StepTime);
            if (injected == Fault.Leak)
                Hold(Mebibyte);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            events.WriteLine(TrialEventJson.Write(new StepEvent(step, 64, 0, seconds, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds), first: step == 1));
            if (injected == Fault.Crash && step == CrashStep)
                return CrashCode;
            if (injected == Fault.Spike && step == SpikeStep)
                Spike();
        }

        return 0;
    }

    /// <summary>Takes memory that nothing gives back before the process ends, and touches all of it.</summary>
    private static unsafe nint Hold(int bytes)
    {
        var memory = NativeMemory.Alloc((nuint)bytes);
        NativeMemory.Fill(memory, (nuint)bytes, 1);
        return (nint)memory;
    }

    /// <summary>Takes 500 MiB for half a second.</summary>
    private static unsafe void Spike()
    {
        var memory = Hold(500 * Mebibyte);
        Thread.Sleep(SpikeTime);
        NativeMemory.Free((void*)memory);
    }

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable)!, CultureInfo.InvariantCulture);
}
