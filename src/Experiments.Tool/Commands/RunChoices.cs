namespace Experiments.Tool.Commands;

/// <summary>What is chosen for a run beside the definitions and the plan.</summary>
/// <param name="Resume">The sweep to continue, <see cref="RunOptions.Latest"/>, or null to begin one.</param>
/// <param name="RunForeseen">Whether trials run that are foreseen to blow up.</param>
/// <param name="StopWhenStdinCloses">Whether the end of standard input cancels.</param>
/// <param name="AllowChangedCode">Whether a sweep continues with other code than it began with.</param>
/// <param name="MaxTime">From the command's beginning, how long trials may begin; null: as long as there are any.</param>
/// <param name="Machine">The pool that this machine is of, whatever the definition says; null: the definition's word.</param>
/// <param name="NoQueue">Whether the sweep runs though another one does.</param>
/// <param name="RepeatFailed">Whether trials that failed or measured nothing run again.</param>
internal sealed record RunChoices(string? Resume, bool RunForeseen = false, bool StopWhenStdinCloses = false, bool AllowChangedCode = false, TimeSpan? MaxTime = null, string? Machine = null, bool NoQueue = false, bool RepeatFailed = false)
{
    /// <summary>Where trials run; null: as the definition says.</summary>
    public string? Executor { get; init; }

    /// <summary>What becomes of a cluster's jobs.</summary>
    public JobChoice Jobs { get; init; }
}
