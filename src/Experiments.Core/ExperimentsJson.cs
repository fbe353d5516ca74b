using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Core.Tuning;

namespace Experiments.Core;

/// <summary>How the words are written as JSON: camelCase, enums as camelCase words, nulls left out.</summary>
[JsonSerializable(typeof(ExperimentDefinition))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(SweepManifest))]
[JsonSerializable(typeof(SweepReport))]
[JsonSerializable(typeof(SweepResult))]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(Baseline))]
[JsonSerializable(typeof(AdviceReport))]
[JsonSerializable(typeof(ComparisonReport))]
[JsonSerializable(typeof(BisectionReport))]
[JsonSerializable(typeof(IReadOnlyList<PairComparison>))]
[JsonSerializable(typeof(TuningReport))]
[JsonSerializable(typeof(MachineFingerprint))]
public sealed partial class ExperimentsJson : JsonSerializerContext
{
    /// <summary>One value on one line, for journals.</summary>
    public static ExperimentsJson Compact { get; } = new(CreateOptions(indented: false));

    /// <summary>Indented, for files that people read.</summary>
    public static ExperimentsJson Indented { get; } = new(CreateOptions(indented: true));

    private static JsonSerializerOptions CreateOptions(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // files, never HTML
        RespectNullableAnnotations = true, // a null where there must be something is a file that cannot be read, not a surprise later
        WriteIndented = indented,
        Converters =
        {
            new CamelCaseEnumConverter<TrialStatus>(),
            new CamelCaseEnumConverter<TrialPurpose>(),
            new CamelCaseEnumConverter<VerdictKind>(),
            new CamelCaseEnumConverter<PairVerdict>(),
            new CamelCaseEnumConverter<BisectionVerdict>(),
            new CamelCaseEnumConverter<Diagnostics.DiagnosticSeverity>(),
        },
    };
}
