using System.Collections.Concurrent;

/// <summary>Loads batches on the training thread, or ahead on worker threads that hold two each.</summary>
internal static class Loader
{
    public static IEnumerable<Sample[]> Load(int count, int batchSize, int workers)
    {
        if (workers == 0)
            return Enumerable.Range(0, count).Select(seed => LoadBatch(seed, batchSize));
        var next = -1;
        var batches = new BlockingCollection<Sample[]>(2 * workers);
        for (var worker = 0; worker < workers; worker++)
        {
            new Thread(() =>
            {
                while (Interlocked.Increment(ref next) is var seed && seed < count)
                    batches.Add(LoadBatch(seed, batchSize));
            }) { IsBackground = true }.Start();
        }

        return Enumerable.Range(0, count).Select(_ => batches.Take());
    }

    /// <summary>Stands for reading and decoding: samples whose label follows from their features.</summary>
    private static Sample[] LoadBatch(int seed, int size)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, size).Select(_ =>
        {
            var features = Enumerable.Range(0, LogisticRegression.Features).Select(_ => random.NextDouble() * 2 - 1).ToArray();
            return new Sample(features, features.Take(4).Sum() > 0);
        })];
    }
}
