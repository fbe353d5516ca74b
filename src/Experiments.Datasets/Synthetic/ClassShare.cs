namespace Experiments.Datasets.Synthetic;

/// <summary>A class and how many of the samples are of it.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Share">Its weight relative to the other classes'; the shares of a profile need not sum up to 1.</param>
public sealed record ClassShare(string Name, double Share);
