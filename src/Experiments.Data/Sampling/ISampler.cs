namespace Experiments.Data.Sampling;

/// <summary>Decides which samples an epoch has, and in which order.</summary>
public interface ISampler
{
    /// <summary>Indexes of an epoch's samples. Must depend on the arguments alone, so that an epoch can be repeated and resumed.</summary>
    /// <param name="count">Samples of the source.</param>
    /// <param name="seed">The loader's seed.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    int[] Order(int count, ulong seed, int epoch);
}
