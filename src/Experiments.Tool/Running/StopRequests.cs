using System.Runtime.InteropServices;

namespace Experiments.Tool.Running;

/// <summary>
/// What asks a sweep to stop: Ctrl+C, SIGTERM, or standard input closing. The first request is graceful, a second signal is not.
/// </summary>
internal sealed class StopRequests : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _forced = new();
    private readonly List<PosixSignalRegistration> _signals;

    public StopRequests(bool whenStandardInputCloses)
    {
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
        if (whenStandardInputCloses)
            new Thread(WaitForStandardInput) { IsBackground = true, Name = "standard input" }.Start();
    }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Forced => _forced.Token;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _requested.Dispose();
        _forced.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true; // the sweep ends by itself, its folder in order
        (_requested.IsCancellationRequested ? _forced : _requested).Cancel();
    }

    private void WaitForStandardInput()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (input.Read(buffer) > 0)
        {
            // whatever the caller says is skipped; only the end counts
        }

        _requested.Cancel();
    }
}
