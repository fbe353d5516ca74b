using System.Diagnostics;
using System.Runtime.InteropServices;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Tool.Running;

/// <summary>
/// What asks a sweep to stop: Ctrl+C, SIGTERM, or standard input closing. The first request is graceful, a second signal is not. A sweep that has not
/// ended long after it was asked is ended hard, whatever holds it up; the watchdog ends its trial.
/// </summary>
internal sealed class StopRequests : IDisposable
{
    /// <summary>From the first request until nothing is waited for any more. The trial has 10 seconds of it, the reports the rest.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>From the first request until the process ends, come what may: less than the 30 seconds that Cake and MSBuild give.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    /// <summary>The same from the second request on.</summary>
    public static readonly TimeSpan ForcedGrace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _forced = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private readonly ITimer _force;
    private readonly ITimer _end;
    private bool _isDisposed;

    /// <summary>Begins to listen.</summary>
    /// <param name="whenStandardInputCloses">Whether the end of standard input is a request.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="end">Ends the process hard; null: really.</param>
    public StopRequests(bool whenStandardInputCloses, TimeProvider? time = null, Action? end = null)
    {
        var clock = time ?? TimeProvider.System;
        _force = clock.CreateTimer(_ => Cancel(_forced), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _end = clock.CreateTimer(_ => (end ?? EndHard)(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        ReadsStandardInput = whenStandardInputCloses;
        if (whenStandardInputCloses)
            new Thread(WaitForStandardInput) { IsBackground = true, Name = "standard input" }.Start();
    }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Cancelled by the second signal, or when <see cref="Patience"/> is over.</summary>
    public CancellationToken Forced => _forced.Token;

    /// <summary>Whether standard input is the caller's means to stop the sweep, and so nobody else's.</summary>
    public bool ReadsStandardInput { get; }

    /// <summary>Takes a request.</summary>
    /// <param name="insist">Whether a second one like it means that the user does not want to wait.</param>
    public void Request(bool insist)
    {
        var first = !_requested.IsCancellationRequested;
        if (first)
            Cancel(_requested);
        else if (insist)
            Cancel(_forced);
        lock (_gate)
        {
            if (_isDisposed || (!first && !insist))
                return;
            if (first)
                _force.Change(Patience, Timeout.InfiniteTimeSpan);
            _end.Change(first ? Grace : ForcedGrace, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        lock (_gate)
        {
            _isDisposed = true;
            _force.Dispose();
            _end.Dispose();
            _requested.Dispose();
            _forced.Dispose();
        }
    }

    /// <summary>Ends this process though something in it does not end.</summary>
    private static void EndHard()
    {
        var patience = new Thread(() =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(2));
            Process.GetCurrentProcess().Kill(); // even the runtime's own end does not come to an end
        })
        { IsBackground = true };
        patience.Start();
        Console.Error.WriteLine(EnvironmentDiagnostics.EndedHard.Error("the tool was asked to stop, did not in time, and is ended hard; experiments resume continues the sweep"));
        Environment.Exit(ExitCodes.Cancelled);
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true; // the sweep ends by itself, its folder in order
        Request(insist: true);
    }

    /// <summary>Cancels on a thread of the pool: what hears of it may throw or block, and a signal's thread ends the process by it.</summary>
    private void Cancel(CancellationTokenSource source)
    {
        lock (_gate)
        {
            if (!_isDisposed) // a signal, or the end of standard input, may come when all is over
                _ = source.CancelAsync();
        }
    }

    private void WaitForStandardInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[256];
            while (input.Read(buffer) > 0)
            {
                // whatever the caller says is skipped; only the end counts
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // a terminal that is gone cannot be read: that is an end as well
        }

        Request(insist: false);
    }
}
