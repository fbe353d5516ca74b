namespace Experiments.Mlflow.Queries;

/// <summary>A part of a search's results.</summary>
/// <typeparam name="T">What was searched.</typeparam>
/// <param name="Items">The results of this page, in order.</param>
/// <param name="NextPageToken">What to ask the next page with; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
