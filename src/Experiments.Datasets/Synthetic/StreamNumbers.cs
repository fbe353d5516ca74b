namespace Experiments.Datasets.Synthetic;

/// <summary>First part of the path of each random stream. A number never changes its meaning: the bytes of every dataset depend on it.</summary>
internal static class StreamNumbers
{
    public const int Durations = 1, Labels = 2, Words = 3, ClassMeans = 4, Content = 5, Splits = 6, Subset = 7;
}
