using System.Runtime.InteropServices;

namespace Experiments.Engine.Processes;

/// <summary>
/// Starts processes by <c>posix_spawn</c>: a session of its own, no signal ignored or blocked, output straight to files.
/// A shell of one line moves itself into the control groups and the working directory, then becomes the program,
/// so the program's first instruction already runs where it is measured and limited.
/// </summary>
internal sealed class PosixLauncher : IProcessLauncher
{
    private const string Shell = "/bin/sh";

    // $1: working directory, $2: oom_score_adj or nothing, $3: number of control groups, then their files, then the program.
    private const string Script =
        """
        cd "$1" || exit 126
        [ -z "$2" ] || echo "$2" 2>/dev/null > /proc/self/oom_score_adj
        n=$3; shift 3
        while [ "$n" -gt 0 ]; do echo 0 > "$1" || exit 126; shift; n=$((n-1)); done
        exec "$@"
        """;

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
            request.ControlGroupFiles.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        arguments.AddRange(request.ControlGroupFiles);
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
        Check(NativeMethods.InitializeFileActions(actions), request);
        Check(NativeMethods.InitializeAttributes(attributes), request);
        try
        {
            Check(request.StandardInput is { } input
                ? NativeMethods.AddDuplicate(actions, (int)input.DangerousGetHandle(), 0)
                : NativeMethods.AddOpen(actions, 0, "/dev/null", 0, 0), request);
            Check(NativeMethods.AddOpen(actions, 1, request.StandardOutputFile, WriteNewFile | CreateAndTruncate, 0x1b6 /* 0666 */), request);
            Check(NativeMethods.AddOpen(actions, 2, request.StandardErrorFile, WriteNewFile | CreateAndTruncate, 0x1b6), request);
            Check(NativeMethods.EmptySignals(signals), request);
            Check(NativeMethods.SetSignalMask(attributes, signals), request);
            Check(NativeMethods.FillSignals(signals), request); // the runtime ignores SIGPIPE; a trial must not
            Check(NativeMethods.SetDefaultSignals(attributes, signals), request);
            Check(NativeMethods.SetFlags(attributes, (short)(NativeMethods.SpawnSetSession | NativeMethods.SpawnSetSignals)), request);
            Check(NativeMethods.Spawn(out var id, Shell, actions, attributes, arguments, environment), request);
            return id;
        }
        finally
        {
            _ = NativeMethods.DestroyFileActions(actions);
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
