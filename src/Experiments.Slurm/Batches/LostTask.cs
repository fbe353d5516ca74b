namespace Experiments.Slurm.Batches;

/// <summary>A job that ended without results for all its trials, as the launcher found; a job that turns up after this does nothing more.</summary>
/// <param name="Code">The diagnostic's code.</param>
/// <param name="Message">What is known.</param>
internal sealed record LostTask(string Code, string Message);
