namespace Experiments.Mlflow;

/// <summary>Something that was done knowingly and that the caller may want to know: a value cut, a batch refused, a server out of reach.</summary>
/// <param name="Message">What was done, to be shown to a person.</param>
/// <param name="RunId">The run concerned; null if none.</param>
public sealed record MlflowWarning(string Message, string? RunId = null);
