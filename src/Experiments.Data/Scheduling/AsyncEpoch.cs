namespace Experiments.Data.Scheduling;

/// <summary>Begins an epoch when it is enumerated; either token cancels it.</summary>
internal sealed class AsyncEpoch<TBatch>(Func<CancellationToken, IAsyncEnumerator<TBatch>> begin, CancellationToken cancellation) : IAsyncEnumerable<TBatch>
{
    public async IAsyncEnumerator<TBatch> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cancellationToken);
        await using var epoch = begin(either.Token);
        while (await epoch.MoveNextAsync().ConfigureAwait(false))
        {
            yield return epoch.Current;
        }
    }
}
