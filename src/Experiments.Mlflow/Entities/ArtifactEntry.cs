namespace Experiments.Mlflow.Entities;

/// <summary>A file or folder among a run's artifacts.</summary>
/// <param name="Path">The path below the run's artifacts, with <c>/</c> between names.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="SizeBytes">The size; null for a folder.</param>
public sealed record ArtifactEntry(string Path, bool IsFolder, long? SizeBytes);
