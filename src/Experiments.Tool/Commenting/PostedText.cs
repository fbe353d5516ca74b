namespace Experiments.Tool.Commenting;

/// <summary>A text that is posted already.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Address">Its page.</param>
internal sealed record PostedText(long Id, string Body, string Address);
