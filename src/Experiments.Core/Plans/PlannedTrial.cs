using System.Text.Json.Serialization;
using Experiments.Core.Matrix;

namespace Experiments.Core.Plans;

/// <summary>One trial to run.</summary>
/// <param name="Configuration">What to run.</param>
/// <param name="Repeat">Which repeat, from 1.</param>
/// <param name="Purpose">Why it runs; default: it was planned.</param>
public sealed record PlannedTrial(Configuration Configuration, int Repeat, TrialPurpose Purpose = TrialPurpose.Planned)
{
    /// <summary>Configuration id and repeat: <c>0a1b2c3d4e5f-2</c>. Also the trial's folder.</summary>
    [JsonIgnore]
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Configuration.Id}-{Repeat}");
}
