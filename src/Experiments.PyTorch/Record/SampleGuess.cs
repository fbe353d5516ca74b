namespace Experiments.PyTorch.Record;

/// <summary>How the probe guessed the samples of a loader's first batch, since no index told them.</summary>
/// <param name="Loader">The loader's number.</param>
/// <param name="Samples">The samples; null where the batch did not tell either.</param>
/// <param name="How">What it went by: <c>2 of its 3 parts have 24 first</c>.</param>
public sealed record SampleGuess(int Loader, long? Samples, string How);
