using Experiments.Engine;
using Experiments.Slurm.Cluster;

namespace Experiments.Tool.Doctor;

/// <summary>Whether sweeps can run on Slurm from here, and what the site does not enforce.</summary>
internal static class SlurmFindings
{
    private const string Subject = "Slurm";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks Slurm.</summary>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        if (!SlurmClient.IsHere)
            return new Finding { Subject = Subject, Found = "not here; trials run on this machine" };
        try
        {
            var answer = await new SlurmClient(Patience).AskAsync("scontrol", ["show", "config"], cancellationToken).ConfigureAwait(false);
            return answer.IsGood ? Of(ClusterConfiguration.Parse(answer.Output)) : Silent(answer.Complaint);
        }
        catch (DiagnosticException problem)
        {
            return Silent(problem.Diagnostic.Message);
        }
    }

    /// <summary>What a site's configuration means for a sweep.</summary>
    /// <param name="site">The configuration.</param>
    internal static Finding Of(ClusterConfiguration site)
    {
        var finding = new Finding
        {
            Subject = Subject,
            Found = FormattableString.Invariant($"{site.Version ?? "of no known version"}, accounting {(site.HasAccounting ? "on" : "off")}, memory {Memory(site)}, cores {(site.LimitsCores ? "enforced" : "not enforced")}, arrays of up to {site.MaxArraySize} jobs; experiments run --executor slurm"),
        };
        string[] lacks = [.. Lacks(site)];
        return lacks.Length == 0 ? finding : finding with
        {
            Consequence = string.Join("; ", lacks),
            Remedy = "TaskPlugin=task/cgroup,task/affinity in slurm.conf, ConstrainRAMSpace=yes and ConstrainCores=yes in cgroup.conf; until then ask for whole nodes: executor.slurm.exclusive: true",
        };
    }

    private static string Memory(ClusterConfiguration site) => site.LimitsMemory ? "enforced by the kernel" : site.SamplesMemory ? "enforced by sampling" : "not enforced";

    private static IEnumerable<string> Lacks(ClusterConfiguration site)
    {
        if (!site.LimitsMemory && !site.SamplesMemory)
            yield return "other jobs on a node may take the memory of a trial's";
        if (!site.LimitsCores)
            yield return "a trial sees and uses cores that its job did not ask for";
    }

    private static Finding Silent(string why) => new()
    {
        Subject = Subject, Found = $"its commands are here, but it does not answer: {why}", Consequence = "sweeps do not start with --executor slurm", Remedy = "see whether slurmctld runs (scontrol ping), and SLURM_CONF",
    };
}
