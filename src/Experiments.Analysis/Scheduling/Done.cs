using Experiments.Core.Results;

namespace Experiments.Analysis.Scheduling;

/// <summary>All is measured that the plan and the gates ask for.</summary>
/// <param name="Assessment">The judgement.</param>
public sealed record Done(Assessment Assessment) : Step;
