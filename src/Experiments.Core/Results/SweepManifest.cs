using System.Text.Json.Serialization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;

namespace Experiments.Core.Results;

/// <summary>What <c>plan.json</c> holds: all that a resumed sweep must know.</summary>
public sealed record SweepManifest
{
    /// <summary>Version of the file's layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The sweep's id.</summary>
    public required string SweepId { get; init; }

    /// <summary>The definition's file, as the user named it.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Fingerprint of the definition.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>When the sweep started first.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>The other kinds of machine that trials ran on, as jobs of a cluster do; empty as a rule.</summary>
    public IReadOnlyList<MachineFingerprint> OtherMachines { get => field ?? []; init; } = [];

    /// <summary>The git commit, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree differed from the commit when the sweep began; null where git could not be asked.</summary>
    public bool? Dirty { get; init; }

    /// <summary>Fingerprint of that difference; null where there is none or git could not be asked.</summary>
    public string? DiffHash { get; init; }

    /// <summary>The states of other code that the sweep was continued with, on the user's word, in their order; empty as a rule.</summary>
    public IReadOnlyList<CodeState> OtherCode { get => field ?? []; init; } = [];

    /// <summary>What was peculiar to the run and no gate measures; see <see cref="SweepResult.Remarks"/>.</summary>
    public IReadOnlyList<Diagnostic> Remarks { get => field ?? []; init; } = [];

    /// <summary>The code that the sweep began with.</summary>
    [JsonIgnore]
    public CodeState Code => new(Commit, Dirty, DiffHash);

    /// <summary>The memory limit of each trial in bytes, resolved when the sweep started; null where none could be.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>The trials in their order.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The same with what was measured beyond the plan, which the disk had refused when the plan grew: it is part of the sweep.</summary>
    /// <param name="results">The results that the journal holds.</param>
    public SweepManifest With(IEnumerable<TrialResult> results)
    {
        var known = Plan.Trials.Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        PlannedTrial[] more = [.. results.Where(result => !known.Contains(result.TrialId)).Select(result => new PlannedTrial(result.Configuration, result.Repeat, result.Purpose))];
        return more.Length == 0 ? this : this with { Plan = Plan with { Trials = [.. Plan.Trials, .. more] } };
    }

    /// <summary>The name, in the sweep's folder, of the copy of the definition as it was when the sweep began.</summary>
    /// <param name="definitionFile">The definition's file.</param>
    public static string DefinitionCopy(string definitionFile) => "definition" + Path.GetExtension(definitionFile);
}
