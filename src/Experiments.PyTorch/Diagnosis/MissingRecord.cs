using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Why a script that succeeded has no steps: never zero, always a cause.</summary>
internal static class MissingRecord
{
    public static TrialDiagnosis? Find(TrialEvidence evidence)
    {
        if (evidence.Record.Steps > 0)
            return null;
        if (!evidence.Record.Started)
            return NotAttached(evidence);
        if (!evidence.Record.Attached)
            return PyTorchDiagnostics.NoDataLoader.Because("torch.utils.data was never imported", "train: {command: [python3, …]}   # with metrics: patterns");
        if (evidence.Record.Loaders.Count == 0)
            return PyTorchDiagnostics.NoDataLoader.Because("torch was imported, no DataLoader was made", "train: {command: [python3, …]}   # with metrics: patterns");
        var sites = string.Join(", ", evidence.Record.Loaders.Select(loader => $"{loader.Site} ({(loader.Trains ? "train" : "eval")})").Distinct());
        return PyTorchDiagnostics.NoDataLoader.Because(
            $"no training loader gave a whole step; loaders: {sites}",
            evidence.Record.SawTraining ? "train: {steps: 10}   # the batches were loaded before anything trained on them" : "train: {step: batch}   # if the script only reads or infers");
    }

    private static TrialDiagnosis NotAttached(TrialEvidence evidence)
    {
        var isolated = evidence.Command.Skip(1)
            .TakeWhile(argument => argument.StartsWith('-') && argument is not ("-m" or "-c"))
            .FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal) && argument.AsSpan(1).IndexOfAny('I', 'E', 'S') >= 0);
        if (isolated is not null)
            return PyTorchDiagnostics.ProbeNotAttached.Because($"Python runs with {isolated}, which ignores PYTHONPATH or sitecustomize");
        if (evidence.Interpreter is { IgnoresEnvironment: true })
            return PyTorchDiagnostics.ProbeNotAttached.Because($"the interpreter runs with -I or -E, which ignores PYTHONPATH");
        if (evidence.EventsFileWritable is false)
            return PyTorchDiagnostics.ProbeNotAttached.Because("the events file cannot be written", "chmod u+w .experiments");
        var site = evidence.Interpreter?.Sitecustomize;
        if (site is not null && Path.GetDirectoryName(site) != (evidence.ProbeFolder ?? ProbeFolder.Path))
            return PyTorchDiagnostics.ProbeNotAttached.Because($"another sitecustomize comes first: {site}", $"env: {{PYTHONPATH: \"\"}}   # without {Path.GetDirectoryName(site)}");
        return PyTorchDiagnostics.ProbeNotAttached.Because("Python wrote no start event: the script is not run by Python, or its environment was replaced");
    }
}
