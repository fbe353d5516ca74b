namespace Experiments.Core.Diagnostics;

/// <summary>EXP3035 to EXP3044: what a CI system or a code host could not be told. They change no verdict.</summary>
public static class CiDiagnostics
{
    /// <summary>The token may read and not write.</summary>
    public static DiagnosticRule NotAllowedToComment { get; } =
        new("EXP3035", "The token may not comment", "The comment is in the job's summary or output instead. GitHub: permissions: pull-requests: write (issues: write for --issue); a pull request from a fork has a token that only reads. GitLab: an access token with the scope api and the role Reporter.");

    /// <summary>The comment was not posted for another reason.</summary>
    public static DiagnosticRule NotPosted { get; } =
        new("EXP3036", "The comment could not be posted", "See what the service said: a wrong token or number, or a service that does not answer. The comment is in the job's summary or output instead; the command may be repeated.");

    /// <summary>The program of the CI system that takes a message failed.</summary>
    public static DiagnosticRule NotTold { get; } =
        new("EXP3037", "The CI system could not be told", "See what its program said (buildkite-agent annotate); --ci none leaves it out. The verdict stands.");
}
