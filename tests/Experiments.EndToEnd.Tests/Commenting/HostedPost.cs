namespace Experiments.EndToEnd.Tests.Commenting;

/// <summary>A comment, a note or an issue on the double.</summary>
internal sealed record HostedPost(long Id, string Author, string Body)
{
    public bool IsBot => Author.EndsWith("[bot]", StringComparison.Ordinal);

    public string Title { get; init; } = "";

    /// <summary>GitHub lists pull requests among the issues.</summary>
    public bool IsPullRequest { get; init; }
}
