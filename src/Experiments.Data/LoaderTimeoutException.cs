namespace Experiments.Data;

/// <summary>No batch came within <see cref="LoaderOptions.Timeout"/>.</summary>
public sealed class LoaderTimeoutException : TimeoutException
{
    internal LoaderTimeoutException(int batch, TimeSpan timeout, IReadOnlyList<int> samplesInWork)
        : base($"Batch {batch} did not come within {timeout.TotalSeconds:0.###} s; samples in work: {List(samplesInWork)}.")
    {
        Batch = batch;
        SamplesInWork = samplesInWork;
    }

    /// <summary>Number of the batch in the epoch, from 0.</summary>
    public int Batch { get; }

    /// <summary>Indexes of the samples that workers were writing; the hanging one is among them.</summary>
    public IReadOnlyList<int> SamplesInWork { get; }

    private static string List(IReadOnlyList<int> samples) => samples.Count == 0 ? "none" : string.Join(", ", samples);
}
