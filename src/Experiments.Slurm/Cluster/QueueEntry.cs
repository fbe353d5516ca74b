using System.Globalization;

namespace Experiments.Slurm.Cluster;

/// <summary>A job as <c>squeue</c> has it. Pure.</summary>
/// <param name="Name">The name of its array.</param>
/// <param name="Task">Its index.</param>
/// <param name="State">Slurm's word: <c>PENDING</c>, <c>RUNNING</c>, <c>OUT_OF_MEMORY</c>, …</param>
/// <param name="Node">Its node; empty where it has none.</param>
/// <param name="Reason">Why it waits, or how it ended, in Slurm's words.</param>
internal sealed record QueueEntry(string Name, int Task, string State, string Node, string Reason)
{
    /// <summary>What <see cref="Parse"/> reads, as <c>squeue --format</c> takes it.</summary>
    public const string Format = "%j|%K|%T|%N|%r";

    private static readonly HashSet<string> Living = new(StringComparer.Ordinal)
    {
        "PENDING", "RUNNING", "SUSPENDED", "COMPLETING", "CONFIGURING", "RESIZING", "SIGNALING", "STAGE_OUT", "STOPPED", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD",
    };

    /// <summary>Reasons of a job that only waits for its turn.</summary>
    private static readonly HashSet<string> Patient = new(StringComparer.Ordinal) { "None", "Resources", "Priority", "BeginTime", "JobArrayTaskLimit", "Cleaning", "Prolog", "Reservation", "RequeueExit" };

    /// <summary>Whether Slurm could not launch it, and holds it until an administrator releases it.</summary>
    public bool IsHeldAfterLaunch => State is "PENDING" or "REQUEUE_HOLD" && Reason.StartsWith("launch failed", StringComparison.Ordinal);

    /// <summary>Whether it is over, or never goes on by itself.</summary>
    public bool IsOver => !Living.Contains(State) || IsHeldAfterLaunch;

    /// <summary>Whether it waits for something other than its turn.</summary>
    public bool IsStuck => State == "PENDING" && !Patient.Contains(Reason) && !IsHeldAfterLaunch;

    /// <summary>Reads the lines of an answer; what is none of them is skipped.</summary>
    /// <param name="text">What <c>squeue</c> printed.</param>
    public static IReadOnlyList<QueueEntry> Parse(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', 5)).Where(parts => parts.Length == 5)
            .Select(parts => int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var task) ? new QueueEntry(parts[0], task, parts[2], parts[3], parts[4].Trim('(', ')')) : null).OfType<QueueEntry>(),
    ];
}
