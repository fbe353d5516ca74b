using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;

namespace Experiments.Tool.Running;

/// <summary>Serves one definition after the other: what happens to one keeps no other from its turn, and each has a line at the end.</summary>
/// <param name="notes">Where mistakes and outcomes are told.</param>
/// <param name="verbose">Whether the details of a failure of the tool are printed.</param>
internal sealed class DefinitionOutcomes(TextWriter notes, bool verbose)
{
    private readonly List<(string Name, Outcome Outcome)> _outcomes = [];

    /// <summary>The one exit code that stands for all.</summary>
    public int ExitCode => ExitCodes.Worst(_outcomes.Select(each => each.Outcome.ExitCode));

    /// <summary>The definitions so far, each with what came of it in words.</summary>
    public IEnumerable<(string Name, string Words)> Said => _outcomes.Select(each => (each.Name, each.Outcome.Words));

    /// <summary>Serves a definition.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="serve">What is done with it.</param>
    /// <param name="failed">Says what an exception came to that is no <see cref="DiagnosticException"/>; null: nobody knows better than that the tool failed.</param>
    /// <param name="cancellationToken">Whether the user asked for an end: then a cancellation is none of the tool's failures.</param>
    public async Task ServeAsync(string name, Func<Task<Outcome>> serve, Func<Exception, Outcome?>? failed = null, CancellationToken cancellationToken = default) =>
        _outcomes.Add((name, await OutcomeAsync(serve, failed, cancellationToken).ConfigureAwait(false)));

    /// <summary>A definition that the user's request to stop kept from its turn.</summary>
    public void Skip(string name) => _outcomes.Add((name, new Outcome(ExitCodes.Cancelled, "not run")));

    /// <summary>A definition whose turn did not come in time.</summary>
    public void LeaveOut(string name)
    {
        notes.WriteLine(TrialDiagnostics.TimeOver.Error($"{name} was not run: the time of the whole run was over before its turn"));
        _outcomes.Add((name, new Outcome(ExitCodes.TrialFailed, $"not run ({TrialDiagnostics.TimeOver.Code})")));
    }

    /// <summary>The last lines, where there were several definitions.</summary>
    public void Print()
    {
        if (_outcomes.Count < 2)
            return;
        notes.WriteLine();
        foreach (var (name, outcome) in _outcomes)
            notes.WriteLine($"{name}: {outcome.Words}");
        notes.WriteLine(FormattableString.Invariant($"All {_outcomes.Count} experiments: {ExitCodes.Meaning(ExitCode)} (exit code {ExitCode})"));
    }

    private async Task<Outcome> OutcomeAsync(Func<Task<Outcome>> serve, Func<Exception, Outcome?>? failed, CancellationToken cancellationToken)
    {
        try
        {
            return await serve().ConfigureAwait(false);
        }
        catch (DiagnosticException problem)
        {
            notes.WriteLine(problem.Diagnostic);
            return new Outcome(ExitCodes.BadUsage, $"not done ({problem.Diagnostic.Code})");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Outcome(ExitCodes.Cancelled, "cancelled");
        }
#pragma warning disable CA1031 // whatever it is, it is not the next definition's
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return failed?.Invoke(exception) ?? new Outcome(ToolFailure.Tell(exception, notes, folder: null, verbose), $"the tool itself failed ({EnvironmentDiagnostics.ToolFailed.Code})");
        }
    }
}
