using System.IO.Pipes;
using System.Text;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;

namespace Experiments.Processes.Running;

/// <summary>
/// A shell that outlives this program: when the pipe from it closes without a farewell (<c>kill -9</c>, a crash),
/// it ends every process that carries the sweep's mark or sits in its control groups.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const string Script =
        """
        trap '' INT TERM HUP QUIT
        mark=$1 groups=
        while IFS= read -r line; do
          case $line in
            bye) exit 0 ;;
            none) groups= ;;
            *) groups="$groups$line
        " ;;
          esac
        done
        IFS='
        '
        quiet=0 round=0
        while [ $quiet -lt 3 ] && [ $round -lt 200 ]; do
          found= round=$((round+1))
          for group in $groups; do
            [ -w "$group/pids.max" ] && echo 0 > "$group/pids.max"
            [ -w "$group/cgroup.kill" ] && echo 1 > "$group/cgroup.kill"
            [ -r "$group/cgroup.procs" ] && while read -r id; do kill -9 "$id" && found=1; done < "$group/cgroup.procs"
            [ -w "$group/cgroup.freeze" ] && echo 0 > "$group/cgroup.freeze"
            [ -w "$group/freezer.state" ] && echo THAWED > "$group/freezer.state"
          done
          for file in $(grep -lsF -e "$mark" /proc/[0-9]*/environ); do
            id=${file#/proc/}
            kill -9 "${id%/environ}" && found=1
          done
          if [ "$found" ]; then quiet=0; else quiet=$((quiet+1)); fi
          sleep 0.05
        done
        for group in $groups; do rmdir "$group"; done
        """;

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.None);
    private readonly IRunningProcess _process;

    private Watchdog(IProcessLauncher launcher, string mark)
    {
        _process = launcher.Start(new LaunchRequest
        {
            Program = "/bin/sh",
            Arguments = ["-c", Script, "experiments-watchdog", mark],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
            WorkingDirectory = "/",
            StandardInput = _pipe.ClientSafePipeHandle,
            StandardOutputFile = "/dev/null",
            StandardErrorFile = "/dev/null",
            PreferredVictim = false,
        });
        _pipe.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>Starts a watchdog; null where the system has no <c>/proc</c> to look in.</summary>
    /// <param name="launcher">Starts it.</param>
    /// <param name="mark">The variable that all processes of the sweep carry, <c>NAME=value</c>.</param>
    internal static Watchdog? Start(IProcessLauncher launcher, string mark) =>
        OperatingSystem.IsLinux() && File.Exists("/bin/sh") ? new Watchdog(launcher, mark) : null;

    /// <summary>Says which control groups the next trial uses.</summary>
    /// <param name="group">The groups, or null.</param>
    internal void Guard(IControlGroup? group) => Say("none\n" + string.Concat(group?.Folders.Select(folder => folder + "\n") ?? []));

    /// <summary>Says farewell and waits for the shell's end.</summary>
    public void Dispose()
    {
        Say("bye\n");
        _pipe.Dispose();
        if (_process.Ended.Wait(TimeSpan.FromSeconds(5)))
            _process.Reap();
        _process.Dispose();
    }

    private void Say(string text)
    {
        try
        {
            _pipe.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // the shell is gone: a resumed sweep cleans up instead
        }
    }
}
