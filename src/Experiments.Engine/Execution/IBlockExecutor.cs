namespace Experiments.Engine.Execution;

/// <summary>Runs many trials elsewhere at once, as jobs of a cluster, and knows nothing of why they run.</summary>
public interface IBlockExecutor
{
    /// <summary>Has the trials run, unless they do so already, and gives what each came to, in the order in which they end.</summary>
    /// <param name="orders">The trials.</param>
    /// <param name="cancellationToken">Ends the waiting. Trials without a result by then are not in the answer.</param>
    IAsyncEnumerable<ReturnedTrial> RunAsync(IReadOnlyList<TrialOrder> orders, CancellationToken cancellationToken);
}
