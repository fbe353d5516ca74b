namespace Experiments.Tool.Commenting;

/// <summary>What is posted.</summary>
/// <param name="Marker">The first line of <paramref name="Body"/>, by which it is found again.</param>
/// <param name="Title">The title, where it becomes an issue.</param>
/// <param name="Body">Markdown.</param>
internal sealed record DraftText(string Marker, string Title, string Body);
