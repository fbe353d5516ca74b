using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>What one gate says of one configuration.</summary>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Diagnostic">Why, or null where the sweep as a whole says it.</param>
internal sealed record Finding(VerdictKind Verdict, Diagnostic? Diagnostic);
