namespace Experiments.Cleaning;

/// <summary>What went, or would go.</summary>
/// <param name="Path">Absolute path of a folder.</param>
/// <param name="Bytes">What it took of the disk.</param>
public sealed record Cleaned(string Path, long Bytes);
