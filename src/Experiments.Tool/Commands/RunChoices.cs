namespace Experiments.Tool.Commands;

/// <summary>What is chosen for a run beside the definitions and the plan.</summary>
/// <param name="Resume">The sweep to continue, <see cref="RunOptions.Latest"/>, or null to begin one.</param>
/// <param name="RunForeseen">Whether trials run that are foreseen to blow up.</param>
/// <param name="StopWhenStdinCloses">Whether the end of standard input cancels.</param>
/// <param name="AllowChangedCode">Whether a sweep continues with other code than it began with.</param>
internal sealed record RunChoices(string? Resume, bool RunForeseen = false, bool StopWhenStdinCloses = false, bool AllowChangedCode = false)
{
    /// <summary>Where trials run; null: as the definition says.</summary>
    public string? Executor { get; init; }

    /// <summary>What becomes of a cluster's jobs.</summary>
    public JobChoice Jobs { get; init; }
}
