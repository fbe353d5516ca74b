namespace Experiments.Reports.Pages;

/// <summary>A recommendation in one line.</summary>
/// <param name="Text">The line: <c>MELD-DA: num_workers=2 pin_memory=false</c>.</param>
/// <param name="ConfigurationId">The measured configuration that carries it; null where none is recommended.</param>
public sealed record NightAdvice(string Text, string? ConfigurationId);
