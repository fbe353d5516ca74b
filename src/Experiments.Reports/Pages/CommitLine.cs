namespace Experiments.Reports.Pages;

/// <summary>A commit as a log shows it.</summary>
/// <param name="Hash">Its whole hash.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record CommitLine(string Hash, string Subject);
