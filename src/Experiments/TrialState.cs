namespace Experiments;

/// <summary>How far a trial is.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="Configuration">What it runs.</param>
/// <param name="State">A result's status, such as <c>completed</c>; or <c>running</c>, <c>submitted</c>, <c>ended</c> (no launcher has taken its result yet) or <c>planned</c>.</param>
/// <param name="Node">The node that it runs or ran on; null: none, or not a cluster's.</param>
/// <param name="StartedAt">When it started; null: it has not.</param>
public sealed record TrialState(string TrialId, string Configuration, string State, string? Node = null, DateTimeOffset? StartedAt = null);
