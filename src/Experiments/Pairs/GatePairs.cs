using Experiments.Code;
using Experiments.Analysis.Scheduling;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Pairs;

/// <summary>
/// The pairs that <c>gates.throughput.against</c> asks of a sweep: today's code against that of a commit, which is checked out when the first pair's turn has come. What keeps it
/// from being compared with is the pair's result: not measured, neither red nor green.
/// </summary>
/// <param name="definition">The definition.</param>
/// <param name="around">What both sides need.</param>
internal sealed class GatePairs(ExperimentDefinition definition, PairSurroundings around) : IDisposable
{
    private PairComparer? _comparer;
    private string? _commit;
    private Diagnostic? _fault;

    /// <summary>Compares one configuration.</summary>
    /// <param name="step">Which, and when it is settled.</param>
    /// <param name="sweep">The sweep's folder.</param>
    /// <param name="cancellationToken">Asks both sides to end.</param>
    public async Task<PairComparison> CompareAsync(ComparePair step, SweepFolder sweep, CancellationToken cancellationToken)
    {
        var name = step.Trial.Configuration.Name;
        try
        {
            if (_fault is null)
            {
                _comparer ??= Open(sweep);
                var pair = await _comparer.CompareAsync(step.Trial, step.Trial, name, step.Rule, cancellationToken).ConfigureAwait(false);
                return pair with { Old = _commit };
            }
        }
        catch (DiagnosticException problem)
        {
            _fault = problem.Diagnostic;
        }

        return new PairComparison { Configuration = name, Old = _commit, Verdict = PairVerdict.NotMeasured, Note = $"{_fault.Code}: {_fault.Message}" };
    }

    /// <inheritdoc />
    public void Dispose() => _comparer?.Dispose();

    private PairComparer Open(SweepFolder sweep)
    {
        _commit = OldCode.Resolve(definition, definition.Gates.Throughput.Against!, around.Options.Root);
        var old = OldCode.Read(definition, _commit, definition.Train.Setup, definition.Train.Share ?? [], around.Options.Root);
        return new PairComparer(old, definition, around, sweep.File("pairs"), sweep.SweepId);
    }
}
