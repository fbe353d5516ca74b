using System.Globalization;

namespace Experiments.Engine.Execution;

/// <summary>Names signals, with what they often mean for a training; numbers of Linux.</summary>
internal static class SignalName
{
    /// <summary>Number, name and hint.</summary>
    /// <param name="signal">The signal.</param>
    internal static string Of(int signal) => signal switch
    {
        1 => "signal 1 (SIGHUP)",
        2 => "signal 2 (SIGINT)",
        4 => "signal 4 (SIGILL: the CPU lacks an instruction that the program was built for)",
        6 => "signal 6 (SIGABRT: the program gave up, often a native assertion)",
        7 => "signal 7 (SIGBUS: often a full /dev/shm)",
        8 => "signal 8 (SIGFPE)",
        9 => "signal 9 (SIGKILL: somebody's kill -9, or the kernel out of memory)",
        11 => "signal 11 (SIGSEGV: a crash in native code)",
        13 => "signal 13 (SIGPIPE)",
        15 => "signal 15 (SIGTERM)",
        _ => string.Create(CultureInfo.InvariantCulture, $"signal {signal}"),
    };
}
