using Experiments.Core.Baselines;
using Experiments.Core.Results;
using Experiments.Reports.Pages;

namespace Experiments.Pages;

/// <summary>A sweep's part on one machine, as far as the pages need it.</summary>
/// <param name="Night">What is told of it.</param>
/// <param name="Past">Its repeats.</param>
internal sealed record MeasuredNight(Night Night, PastSweep Past)
{
    /// <summary>The machine; null where only its id was kept.</summary>
    public MachineFingerprint? Machine { get; init; }

    /// <summary>The verdict of each configuration, by its id, in matrix order.</summary>
    public IReadOnlyDictionary<string, ConfigurationVerdict> Verdicts { get; init; } = new Dictionary<string, ConfigurationVerdict>();

    /// <summary>The peak memory of each configuration, by its id, MiB: of the trials that failed too, whose peaks are what blew up.</summary>
    public IReadOnlyDictionary<string, MeasuredRange> Peaks { get; init; } = new Dictionary<string, MeasuredRange>();
}
