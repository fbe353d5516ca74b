using Experiments.Core.Diagnostics;
using static System.FormattableString;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>What the probe could only guess of steps and samples: figures that rest on a guess are never silent.</summary>
internal static class CountingWarnings
{
    public static IEnumerable<TrialDiagnosis> Find(TrialEvidence evidence)
    {
        var record = evidence.Record;
        if (record.StepsAreGuessed)
        {
            yield return PyTorchDiagnostics.StepsGuessed.WarningBecause(Invariant(
                $"{record.Steps} batches and neither gradients nor an optimizer's step"));
        }

        if (record.SawTraining && !record.SawOptimizer && record.Steps > 0)
            yield return PyTorchDiagnostics.GradientsOnly.WarningBecause(Invariant($"{record.Steps} batches with gradients"));

        foreach (var guess in record.SampleGuesses)
        {
            var loader = record.Loaders.FirstOrDefault(loader => loader.Number == guess.Loader);
            if (loader is { Trains: false })
                continue;
            var site = loader is null ? "" : $" at {loader.Site}";
            yield return guess.Samples is { } samples
                ? PyTorchDiagnostics.SamplesGuessed.WarningBecause(Invariant($"the dataset makes whole batches itself{site}; {samples} samples, because {guess.How}"))
                : PyTorchDiagnostics.SamplesUnknown.WarningBecause($"the dataset makes whole batches itself{site}, and {guess.How}");
        }

        if (record.StepsFromMemory > 0)
        {
            yield return PyTorchDiagnostics.BatchesFromMemory.WarningBecause(Invariant(
                $"{record.StepsFromMemory} of {record.Steps} steps were made without asking a loader (a list, itertools.cycle), and were taken to be of the loader's mean batch; no loader setting changes them"));
        }

        if (record.IsFedByThread)
            yield return PyTorchDiagnostics.FedByThread.WarningBecause("the batches are counted in their order as the training uses them up");
        if (record.ProcessesBesides > 0)
            yield return PyTorchDiagnostics.TrainsBesides.WarningBecause(Invariant($"{record.ProcessesBesides} besides the one that is measured"));
    }
}
