namespace Experiments.Processes.Launching;

/// <summary>A process that was started. Its number stays its own until <see cref="Reap"/>.</summary>
internal interface IRunningProcess : IDisposable
{
    /// <summary>Process number; on POSIX also the number of its group and session.</summary>
    int Id { get; }

    /// <summary>Ends when the process has ended; its descendants may still run.</summary>
    Task Ended { get; }

    /// <summary>Asks the process and its group to end.</summary>
    void RequestStop();

    /// <summary>Ends the process and its group at once; descendants in other groups are left to the caller.</summary>
    void Kill();

    /// <summary>Gives up the process number and says how the process ended, as if it did so by itself. Called once, after <see cref="Ended"/>.</summary>
    TreeEnd Reap();
}
