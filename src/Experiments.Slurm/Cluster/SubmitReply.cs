namespace Experiments.Slurm.Cluster;

/// <summary>How <c>sbatch</c> answered. Pure.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">The job's id, or Slurm's words.</param>
internal sealed record SubmitReply(SubmitOutcome Outcome, string Text)
{
    // As Slurm 20 to 24 words them: src/common/slurm_errno.c, and the reasons of src/common/job_state_reason.c.
    private static readonly string[] Limits =
    [
        "MaxSubmitJob", "MaxJobCount", "job submit limit", "Invalid job array specification", "temporarily unable to accept", "Job array index", "too many jobs", "MaxArraySize",
    ];

    private static readonly string[] Silences =
    [
        "Unable to contact slurm controller", "timed out", "Zero Bytes were transmitted", "Connection refused", "Connection reset", "Socket", "Transport endpoint", "Unexpected message received",
        "Communication connection failure", "Protocol authentication error", "Resource temporarily unavailable", "Interrupted system call", "in standby mode", "shutting down",
    ];

    /// <summary>Reads an answer of <c>sbatch --parsable</c>.</summary>
    /// <param name="answer">The answer.</param>
    public static SubmitReply Of(SlurmAnswer answer)
    {
        if (answer.IsGood && answer.Output.Trim().Split(';')[0] is { Length: > 0 } id && id.All(char.IsAsciiDigit))
            return new SubmitReply(SubmitOutcome.Accepted, id);
        var words = answer.Complaint;
        return new SubmitReply(Limits.Any(Has) ? SubmitOutcome.TooMany : answer.ExitCode is null || answer.IsGood || Silences.Any(Has) ? SubmitOutcome.Unclear : SubmitOutcome.Refused, words);

        bool Has(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
