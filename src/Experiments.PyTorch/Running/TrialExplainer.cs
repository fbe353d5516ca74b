using System.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;
using Experiments.PyTorch.Diagnosis;
using Experiments.PyTorch.Record;
using Experiments.PyTorch.Steering;
using Experiments.Shared;

namespace Experiments.PyTorch.Running;

/// <summary>
/// Explains PyTorch trials from the probe's record, standard error, exit and counters; and <c>command</c> trials as far as the last three tell:
/// many a command is a Python script in a wrapper.
/// </summary>
/// <param name="python">The interpreter of a PyTorch definition, or null.</param>
public sealed class TrialExplainer(PythonRuntime? python) : ITrialExplainer
{
    private const int MostStandardErrorBytes = 64 << 10;

    /// <inheritdoc />
    public IReadOnlyList<Diagnostic> Explain(EndedTrial trial)
    {
        var diagnoses = trial.Definition.Train switch
        {
            PyTorchTask => TrialDiagnoser.Diagnose(EvidenceOf(trial, ProbeRecordReader.ReadFile(trial.Folder.Events))),
            CommandTask => TrialDiagnoser.DiagnoseFailure(EvidenceOf(trial, ProbeRecord.None)) is { } cause ? [cause] : [],
            _ => [],
        };
        return [.. diagnoses.Where(one => !IsAnswerToTimeout(one, trial)).Select(one => one.ToDiagnostic())];
    }

    /// <summary>What a script says when the engine ends it after its time is no cause; a loader that hung is.</summary>
    private static bool IsAnswerToTimeout(TrialDiagnosis diagnosis, EndedTrial trial) =>
        trial.Status == TrialStatus.TimedOut && diagnosis.Severity == DiagnosticSeverity.Error && diagnosis.Rule != PyTorchDiagnostics.Hang && diagnosis.Rule != PyTorchDiagnostics.SampleNotPicklable;

    private TrialEvidence EvidenceOf(EndedTrial trial, ProbeRecord record) => new()
    {
        ExitCode = trial.Status == TrialStatus.Completed ? 0 : trial.ExitCode, // what our own stop makes of the exit is no failure
        Signal = trial.Signal,
        OomKills = trial.OutOfMemoryKills,
        StandardErrorTail = Tail(trial.Folder.StandardError),
        SharedMemoryFreeBytes = trial.SharedMemoryFreeBytes,
        Record = record,
        StalledFor = trial.Status == TrialStatus.TimedOut ? Stall.Of(record, trial) : null,
        Command = [trial.Command.Program, .. trial.Command.Arguments],
        Module = trial.Definition.Train is PyTorchTask { Module: null } script ? ModuleName.Of(script.Script, isInPackage: true) : null,
        ArgumentTemplates = trial.Definition.Train.Args,
        Loaders = (trial.Definition.Train as PyTorchTask)?.Loaders ?? "train",
        ModulesNearby = trial.Status == TrialStatus.Failed ? ScriptSurroundings.ModulesNear(trial.Definition) : new Dictionary<string, string>(),
        Interpreter = python?.Info,
        ProbeFolder = ProbeFolder.Path,
        SweepsNumWorkers = trial.Trial.Configuration.NumWorkers is not null,
        UsableCores = Math.Max(1, (int)Math.Ceiling(trial.UsableCores)),
        Wanted = WantedBy(trial.Trial.Configuration.Values),
    };

    private static LoaderSettings WantedBy(IReadOnlyDictionary<string, AxisValue> values)
    {
        return new LoaderSettings(
            SettingText.Integer(Text(AxisNames.NumWorkers)), SettingText.Boolean(Text(AxisNames.PinMemory)), SettingText.Integer(Text(AxisNames.PrefetchFactor)),
            SettingText.Boolean(Text(AxisNames.PersistentWorkers)), SettingText.Integer(Text(AxisNames.BatchSize)));

        string? Text(string axis) => values.TryGetValue(axis, out var value) ? value.Text : null;
    }

    private static string Tail(string path)
    {
        using var file = PlainFile.TryOpen(path);
        if (file is null)
            return "";
        file.Position = Math.Max(0, file.Length - MostStandardErrorBytes);
        var buffer = new byte[MostStandardErrorBytes];
        return Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
