namespace Experiments.EndToEnd.Tests.Site;

/// <summary>What the page did.</summary>
/// <param name="Hits">Where the results of the search lead.</param>
/// <param name="Requests">The addresses that the page asked for.</param>
internal sealed record SearchAnswer(IReadOnlyList<string> Hits, IReadOnlyList<string> Requests);
