using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Record;
using static System.FormattableString;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>What makes a trial slower or bigger than it need be.</summary>
internal static class LoadingWarnings
{
    /// <summary>Share of CPU time in the kernel from which page faults count as the bound (0.1 to 0.15 is usual).</summary>
    private const double SystemShare = 0.3;

    /// <summary>Share of a core's time that the kernel must take: who mostly waits for something else is not bound by what it takes in between.</summary>
    private const double KernelShare = 0.25;

    /// <summary>Faults in a CPU second: 200 MB of fresh memory.</summary>
    private const double FaultsPerCpuSecond = 50_000;

    /// <summary>Copies of objects in a worker that are worth a word.</summary>
    private const long CopiedBytes = 48L << 20;

    /// <summary>Share of the epochs that the start of workers may take.</summary>
    private const double StartShare = 0.25;

    public static IEnumerable<TrialDiagnosis> Find(TrialEvidence evidence)
    {
        if (evidence.Record.Loaders.LastOrDefault(loader => loader.Trains) is not { } loader)
            return [];
        return new[]
        {
            MoreWorkersThanCores(evidence, loader), PinMemoryWithoutCuda(evidence, loader), PageFaultBound(evidence),
            ObjectsReplicated(evidence.Record), WorkerStartDominates(evidence.Record, loader), RecordCutOff(evidence),
        }.OfType<TrialDiagnosis>();
    }

    /// <summary>The script's own number. Where the sweep varies it, its measurements and its advice say which number is best.</summary>
    private static TrialDiagnosis? MoreWorkersThanCores(TrialEvidence evidence, LoaderRecord loader) =>
        loader.Used.NumWorkers > evidence.UsableCores && !evidence.SweepsNumWorkers
            ? PyTorchDiagnostics.MoreWorkersThanCores.WarningBecause(
                Invariant($"the script's own num_workers={loader.Used.NumWorkers} on {evidence.UsableCores} usable cores, which helps only where loading waits"),
                Invariant($"matrix: {{num_workers: [{evidence.UsableCores}, {loader.Used.NumWorkers}]}}"))
            : null;

    private static TrialDiagnosis? PinMemoryWithoutCuda(TrialEvidence evidence, LoaderRecord loader)
    {
        if (loader.Used.PinMemory is not true)
            return null;
        var why = evidence.Record.CudaBuild is null ? "torch is built without CUDA"
            : evidence.Interpreter is { CudaDevices: 0, TorchVersion: not null } ? "torch sees no CUDA device"
            : new StandardErrorText(evidence.StandardErrorTail).LineLike(FailurePatterns.PinMemoryWarning);
        return why is null ? null : PyTorchDiagnostics.PinMemoryWithoutCuda.WarningBecause($"pin_memory=True at {loader.Site}; {why}");
    }

    private static TrialDiagnosis? PageFaultBound(TrialEvidence evidence)
    {
        var samples = evidence.Record.Processes;
        if (samples.Count < 2)
            return null;
        var system = samples[^1].SystemSeconds - samples[0].SystemSeconds;
        var cpu = system + samples[^1].UserSeconds - samples[0].UserSeconds;
        var faults = samples[^1].MinorFaults - samples[0].MinorFaults;
        var share = system / (samples[^1].Time - samples[0].Time);
        if (cpu < 0.5 || system / cpu < SystemShare || faults / cpu < FaultsPerCpuSecond || !(share >= KernelShare))
            return null;
        return PyTorchDiagnostics.PageFaultBound.WarningBecause(
            Invariant($"{faults / cpu:0} page faults a CPU second, {system / cpu:0%} of it in the kernel, which took {share:0%} of a core"));
    }

    private static TrialDiagnosis? ObjectsReplicated(ProbeRecord record)
    {
        var most = record.Processes.Where(sample => sample.WorkerCopiedBytes.Count > 0).MaxBy(Copied);
        return most is not null && Copied(most) is var copied and >= CopiedBytes
            ? PyTorchDiagnostics.ObjectsReplicated.WarningBecause(Invariant(
                $"by step {most.Step} each of {most.Workers.Count} workers had copied {copied / 1048576:0} MiB of them by touching them"))
            : null;

        static double Copied(ProcessSample sample) => sample.WorkerCopiedBytes.Average(bytes => bytes ?? 0);
    }

    private static TrialDiagnosis? WorkerStartDominates(ProbeRecord record, LoaderRecord loader)
    {
        var epochs = record.Epochs.Where(epoch => epoch.Loader == loader.Number && epoch.Reason is "end" or "dropped").ToList();
        if (loader.Used.NumWorkers is not > 0 || loader.Used.PersistentWorkers is true || epochs.Count < 2)
            return null;
        var share = epochs.Sum(epoch => epoch.StartSeconds) / epochs.Sum(epoch => epoch.WallSeconds);
        return share >= StartShare
            ? PyTorchDiagnostics.WorkerStartDominates.WarningBecause(Invariant(
                $"{share:0%} of {epochs.Count} epochs is the time to their first batch, {epochs.Average(epoch => epoch.StartSeconds) * 1000:0} ms each"))
            : null;
    }

    private static TrialDiagnosis? RecordCutOff(TrialEvidence evidence) =>
        !evidence.Failed && evidence.Record is { Steps: > 0, Ended: false }
            ? PyTorchDiagnostics.RecordCutOff.WarningBecause(Invariant(
                $"{evidence.Record.Steps} steps and no end: the disk is full, or the script left by os._exit"))
            : null;
}
