using System.Text.Json.Serialization;

namespace Experiments.Reports.Tracking;

/// <summary>A line of the ledger.</summary>
/// <param name="Event">What was handed over for recording.</param>
/// <param name="Trial">The trial; null: the sweep.</param>
/// <param name="StartedAtMs">When the trial started, milliseconds since 1970-01-01 UTC.</param>
internal sealed record LedgerEntry(LedgerEvent Event, string? Trial = null, long? StartedAtMs = null);

/// <summary>The names are written to disk.</summary>
internal enum LedgerEvent
{
    SweepStarted,
    TrialStarted,
    TrialRecorded,
    TrialKilled,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class LedgerJson : JsonSerializerContext;
