using Experiments.Core.Diagnostics;

namespace Experiments.Tool.Doctor;

/// <summary>What the machine has of one thing.</summary>
internal sealed record Finding
{
    /// <summary>The thing: <c>CPU</c>, <c>PyTorch</c>, …</summary>
    public required string Subject { get; init; }

    /// <summary>What was found.</summary>
    public required string Found { get; init; }

    /// <summary>What is not measured, or does not run, for the lack of it; null where nothing lacks.</summary>
    public string? Consequence { get; init; }

    /// <summary>How the lack is mended; null where nothing lacks.</summary>
    public string? Remedy { get; init; }

    /// <summary>A lack that a sweep would be refused for.</summary>
    public static Finding Of(string subject, Diagnostic problem, string consequence) => new()
    {
        Subject = subject,
        Found = problem.Message,
        Consequence = consequence,
        Remedy = DiagnosticCatalog.All.Single(rule => rule.Code == problem.Code).Remedy,
    };
}
