using Experiments.Analysis;
using Experiments.Core.Definitions;
using Experiments.Core.Results;

namespace Experiments.Comparing;

/// <summary>Judges a finished sweep by what it is compared with now; each machine of a merged one by its own.</summary>
internal static class Judging
{
    /// <summary>The sweep and its judgement.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Where its sweeps live.</param>
    /// <param name="sweep">What was measured.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Engine.DiagnosticException">EXP5004, EXP3010, EXP4003: what it is compared with cannot be read.</exception>
    public static async Task<SweepReport> JudgeAsync(ExperimentDefinition definition, SweepOptions options, SweepResult sweep, CancellationToken cancellationToken)
    {
        var parts = new List<Assessment>();
        foreach (var part in MachineParts.Of(sweep))
        {
            var comparison = await Comparison.ReadAsync(definition, options, part.Machine, part.StartedAt, cancellationToken).ConfigureAwait(false);
            parts.Add(Judge.Assess(part, definition, comparison.Baseline, comparison.Past));
        }

        return new SweepReport { Sweep = sweep, Assessment = MachineParts.Join(sweep, parts) };
    }
}
