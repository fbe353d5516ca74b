namespace Experiments.Slurm.Cluster;

/// <summary>What a command of Slurm said.</summary>
/// <param name="ExitCode">Its exit code; null: it had to be ended, because it did not answer in time.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record SlurmAnswer(int? ExitCode, string Output, string Error)
{
    /// <summary>Whether it did what it was asked for.</summary>
    public bool IsGood => ExitCode == 0;

    /// <summary>Its words of complaint on one line.</summary>
    public string Complaint => ExitCode is null ? "no answer in time" : string.Join("; ", (Error + "\n" + Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Bare));

    private static string Bare(string line) => line.IndexOf("error: ", StringComparison.Ordinal) is >= 0 and var at ? line[(at + "error: ".Length)..] : line;
}
