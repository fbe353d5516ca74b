using System.Runtime.InteropServices;

namespace Experiments.Processes.Kernel;

/// <summary>The calls of the C library that starting, signalling and reaping need. Same on glibc, musl and macOS but where said.</summary>
internal static partial class NativeMethods
{
    internal const int SignalKill = 9;
    internal const int SignalPipe = 13;
    internal const int SignalTerminate = 15;

    /// <summary>Of Linux on all processors but MIPS and PA-RISC, where .NET does not run.</summary>
    internal const int SignalContinue = 18;

    /// <summary>As <see cref="SignalContinue"/>.</summary>
    internal const int SignalStop = 19;

    /// <summary>POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK.</summary>
    internal const short SpawnSetSignals = 0x04 | 0x08;

    internal const int WaitForAny = 0;
    internal const int WaitByPid = 1;
    internal const int WaitNoHang = 1;
    internal const int WaitExited = 4;

    private const string C = "libc";

    /// <summary>POSIX_SPAWN_SETSID: a session, and so a process group, of its own.</summary>
    internal static short SpawnSetSession => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    internal static int WaitNoReap => OperatingSystem.IsMacOS() ? 0x20 : 0x0100_0000;

    [LibraryImport(C, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Spawn(out int pid, string path, nint fileActions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitializeFileActions(nint actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyFileActions(nint actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddOpen(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(nint actions, int from, int to);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_init")]
    internal static partial int InitializeAttributes(nint attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int DestroyAttributes(nint attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SetFlags(nint attributes, short flags);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SetDefaultSignals(nint attributes, nint signals);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SetSignalMask(nint attributes, nint signals);

    [LibraryImport(C, EntryPoint = "sigaddset")]
    internal static partial int AddSignal(nint signals, int signal);

    [LibraryImport(C, EntryPoint = "sigemptyset")]
    internal static partial int EmptySignals(nint signals);

    [LibraryImport(C, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitForState(int idType, int pid, nint information, int options);

    [LibraryImport(C, EntryPoint = "wait4", SetLastError = true)]
    internal static partial int Reap(int pid, out int status, int options, nint usage);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    /// <summary>1 where the descriptor is a terminal.</summary>
    [LibraryImport(C, EntryPoint = "isatty")]
    internal static partial int IsTerminal(int descriptor);

    [LibraryImport(C, EntryPoint = "getsid")]
    internal static partial int SessionOf(int pid);

    [LibraryImport(C, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport(C, EntryPoint = "read")]
    internal static partial nint Read(int descriptor, ref byte buffer, nint count);

    [LibraryImport(C, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    /// <summary>Writes seconds and nanoseconds.</summary>
    [LibraryImport(C, EntryPoint = "clock_gettime")]
    internal static partial int GetTime(int clock, ref long time);

    /// <summary>Linux only.</summary>
    [LibraryImport(C, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint value, nuint third, nuint fourth, nuint fifth);
}
