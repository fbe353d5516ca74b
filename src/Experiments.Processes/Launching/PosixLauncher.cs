using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Launching;

/// <summary>
/// Starts processes by <c>posix_spawn</c> as the caller of this program would: with its limits, ignored and blocked signals, and environment, which
/// the runtime changed for this program. Besides that: a session of its own, and output straight to files.
/// A shell of a few lines moves itself into the control groups and the working directory, then becomes the program,
/// so the program's first instruction already runs where it is measured and limited. It has no variables: they would be the program's.
/// </summary>
internal sealed class PosixLauncher : IProcessLauncher
{
    private const string Shell = "/bin/sh";

    // $1: working directory, $2: oom_score_adj or nothing, $3: limit of open files or nothing, then files of control groups, nothing, then the program.
    private const string Script =
        """
        cd "$1" || exit 126
        [ -z "$2" ] || echo "$2" 2>/dev/null > /proc/self/oom_score_adj
        [ -z "$3" ] || ulimit -S -n "$3"
        shift 3
        while [ -n "$1" ]; do echo 0 > "$1" || exit 126; shift; done
        shift
        exec "$@"
        """;

    /// <summary>32 and 33, which the C library leaves ignored in what it spawns unless they are asked back; its functions refuse to name them.</summary>
    private const long LibrarysOwnSignals = 3L << 31;

    private const string NoInput = "/dev/null";
    private const int WriteNewFile = 1; // O_WRONLY, with the flags below
    private const int StructBytes = 1024; // more than any C library needs for the opaque structs

    private static int CreateAndTruncate => OperatingSystem.IsMacOS() ? 0x600 : 0x240; // O_CREAT | O_TRUNC

    /// <inheritdoc />
    public IRunningProcess Start(LaunchRequest request)
    {
        var arguments = new List<string?>
        {
            "sh", "-c", Script, "sh", request.WorkingDirectory,
            request.PreferredVictim && OperatingSystem.IsLinux() ? "500" : "",
            CallerState.Own.OpenFiles?.ToString(CultureInfo.InvariantCulture) ?? "",
        };
        arguments.AddRange(request.ControlGroupFiles);
        arguments.Add("");
        arguments.AddRange(CallerState.Own.Restoring(request));
        arguments.Add(request.Program);
        arguments.AddRange(request.Arguments);
        arguments.Add(null);
        string?[] environment = [.. request.Environment.Select(variable => $"{variable.Key}={variable.Value}"), null];
        return new PosixProcess(LiveProcesses.Start(() => Spawn(request, [.. arguments], environment)));
    }

    private static int Spawn(LaunchRequest request, string?[] arguments, string?[] environment)
    {
        var memory = Marshal.AllocHGlobal(3 * StructBytes);
        var (actions, attributes, signals) = (memory, memory + StructBytes, memory + (2 * StructBytes));
        bool hasActions = false, hasAttributes = false;
        try
        {
            Check(NativeMethods.InitializeFileActions(actions), request);
            hasActions = true;
            Check(NativeMethods.InitializeAttributes(attributes), request);
            hasAttributes = true;
            if (request.StandardInput is { } input)
                Check(NativeMethods.AddDuplicate(actions, (int)input.DangerousGetHandle(), 0), request);
            else if (!request.CallersInput || CallerState.Own.InputFile is not "")
                Check(NativeMethods.AddOpen(actions, 0, request.CallersInput ? CallerState.Own.InputFile ?? NoInput : NoInput, 0, 0), request);
            Check(NativeMethods.AddOpen(actions, 1, request.StandardOutputFile, WriteNewFile | CreateAndTruncate, 0x1b6 /* 0666 */), request);
            Check(NativeMethods.AddOpen(actions, 2, request.StandardErrorFile, WriteNewFile | CreateAndTruncate, 0x1b6), request);
            Check(NativeMethods.EmptySignals(signals), request);
            Check(NativeMethods.SetSignalMask(attributes, signals), request);
            Check(NativeMethods.AddSignal(signals, NativeMethods.SignalPipe), request); // the runtime ignores it; a trial must not
            if (OperatingSystem.IsLinux())
                Marshal.WriteInt64(signals, Marshal.ReadInt64(signals) | LibrarysOwnSignals);
            Check(NativeMethods.SetDefaultSignals(attributes, signals), request);
            Check(NativeMethods.SetFlags(attributes, (short)(NativeMethods.SpawnSetSession | NativeMethods.SpawnSetSignals)), request);
            Check(NativeMethods.Spawn(out var id, Shell, actions, attributes, arguments, environment), request);
            return id;
        }
        finally
        {
            if (hasActions)
                _ = NativeMethods.DestroyFileActions(actions);
            if (hasAttributes)
                _ = NativeMethods.DestroyAttributes(attributes);
            Marshal.FreeHGlobal(memory);
            GC.KeepAlive(request.StandardInput);
        }
    }

    private static void Check(int error, LaunchRequest request)
    {
        if (error != 0)
            throw new LaunchException(request.Program, Marshal.GetPInvokeErrorMessage(error));
    }
}
