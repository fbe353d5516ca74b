using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.Processes.Launching;

/// <summary>Starts processes by the runtime's own means, where there is no <c>posix_spawn</c>: output is copied to the files by tasks.</summary>
internal sealed class PortableLauncher : IProcessLauncher
{
    /// <inheritdoc />
    public IRunningProcess Start(LaunchRequest request)
    {
        var start = new ProcessStartInfo(request.Program, request.Arguments)
        {
            WorkingDirectory = request.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in request.Environment)
            start.Environment[name] = value;
        try
        {
            return new PortableProcess(Process.Start(start)!, request);
        }
        catch (Win32Exception exception)
        {
            throw new LaunchException(request.Program, exception.Message, exception);
        }
    }

    private sealed class PortableProcess : IRunningProcess
    {
        private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

        private readonly Process _process;

        internal PortableProcess(Process process, LaunchRequest request)
        {
            _process = process;
            Id = process.Id;
            process.StandardInput.Close();
            var output = Copy(process.StandardOutput.BaseStream, request.StandardOutputFile);
            var error = Copy(process.StandardError.BaseStream, request.StandardErrorFile);
            Ended = EndAsync(Task.WhenAll(output, error));
        }

        public int Id { get; }

        public Task Ended { get; }

        public void RequestStop() => _process.CloseMainWindow();

        public void Kill() => _process.Kill(entireProcessTree: true);

        public TreeEnd Reap() => new()
        {
            Cause = EndCause.Exited,
            Duration = default,
            ExitCode = _process.ExitCode,
            Usage = new ResourceUsage(_process.UserProcessorTime.TotalSeconds, _process.PrivilegedProcessorTime.TotalSeconds, 0, 0, 0, 0, 0, 0),
        };

        public void Dispose()
        {
            if (!_process.HasExited)
                Kill();
            _process.Dispose();
        }

        private static async Task Copy(Stream source, string path)
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
            await source.CopyToAsync(file).ConfigureAwait(false);
        }

        private async Task EndAsync(Task output)
        {
            await _process.WaitForExitAsync().ConfigureAwait(false);
            await Task.WhenAny(output, Task.Delay(OutputGrace)).ConfigureAwait(false); // a descendant may hold the pipe open
        }
    }
}
