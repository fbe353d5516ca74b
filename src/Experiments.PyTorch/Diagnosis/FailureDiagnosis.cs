using Experiments.Core.Diagnostics;
using static System.FormattableString;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Names the one cause of a failure. The more specific cause comes first: many a failure prints several.</summary>
internal sealed class FailureDiagnosis
{
    private const int BusError = 7;
    private const int Kill = 9;

    /// <summary>torch's function that takes a batch from its workers; what their datasets raise is raised again elsewhere.</summary>
    private const string FetchesBatch = "_try_get_data";

    private readonly TrialEvidence _evidence;
    private readonly StandardErrorText _stderr;
    private readonly RemedyLines _remedies;

    public FailureDiagnosis(TrialEvidence evidence)
    {
        _evidence = evidence;
        _stderr = new StandardErrorText(evidence.StandardErrorTail);
        _remedies = new RemedyLines(evidence);
    }

    public TrialDiagnosis? Find() =>
        Hang()
        ?? FromMemory()
        ?? FromWorkers()
        ?? FromFinalException();

    private TrialDiagnosis? Hang() => _evidence.StalledFor is { } stalled
        ? PyTorchDiagnostics.Hang.Because(
            Invariant($"no batch for {stalled.TotalSeconds:0} s after step {_evidence.Record.Steps} with num_workers={Workers}"),
            _evidence.NumWorkers is 0 ? "py-spy dump --pid PID   # where the training stands" : _remedies.NumWorkers(0))
        : null;

    private TrialDiagnosis? FromMemory()
    {
        if (_stderr.ExceptionLike(FailurePatterns.CudaOutOfMemory) is { } cuda)
            return PyTorchDiagnostics.CudaOutOfMemory.Because(cuda, _remedies.SmallerBatch());
        var shared = _stderr.ExceptionLike(FailurePatterns.SharedMemoryFull) ?? _stderr.LineLike(FailurePatterns.BusErrorInWorker)
            ?? (_evidence.Signal == BusError ? "the training was killed by SIGBUS" : null);
        if (shared is not null)
            return PyTorchDiagnostics.SharedMemoryFull.Because(shared + SharedMemoryLeft());
        if (_stderr.ExceptionLike(FailurePatterns.TooManyOpenFiles) is { } files)
            return PyTorchDiagnostics.TooManyOpenFiles.Because(files);
        var memory = _stderr.ExceptionLike(FailurePatterns.CannotAllocateMemory) ?? _stderr.LineLike(FailurePatterns.AllocationAborted);
        if (memory is not null)
            return PyTorchDiagnostics.CannotAllocateMemory.Because(memory, _remedies.LessMemory());
        return _evidence is { Signal: Kill, OomKills: > 0 }
            ? PyTorchDiagnostics.OutOfMemoryKilled.Because(Invariant($"SIGKILL, and oom_kill rose by {_evidence.OomKills} with num_workers={Workers}"), _remedies.LessMemory())
            : null;
    }

    private TrialDiagnosis? FromWorkers()
    {
        if (_stderr.LineLike(FailurePatterns.NoMainGuard) is { } guard)
            return PyTorchDiagnostics.WorkerStartFailed.Because(guard);
        if (_stderr.ExceptionLike(FailurePatterns.WorkerStartFailed) is { } start)
            return PyTorchDiagnostics.WorkerStartFailed.Because(start, RemedyLines.StartOfWorkers(start));
        if (_stderr.ExceptionLike(FailurePatterns.PinMemoryThreadDied) is { } pin)
            return PyTorchDiagnostics.PinMemoryThreadDied.Because(pin);
        if ((_stderr.ExceptionLike(FailurePatterns.WorkerKilled) ?? GoneWhileHandingOver()) is not { } killed)
            return null;
        var oom = _evidence.OomKills > 0 ? Invariant($"; oom_kill rose by {_evidence.OomKills}") : "";
        return PyTorchDiagnostics.WorkerKilled.Because(killed + oom, _remedies.LessMemory());
    }

    /// <summary>
    /// A worker that dies while the training fetches a batch's memory from it is seen as a broken connection only. The signal of its death may also end the printing of
    /// the traceback; the probe's record has it then.
    /// </summary>
    private string? GoneWhileHandingOver() =>
        (_stderr.Final ?? _evidence.Record.Exception) is { } final && FailurePatterns.OtherEndGone.IsMatch(Short(final.Type))
        && (_stderr.LineLike(FailurePatterns.BatchHandedOver) is not null || _evidence.Record.Exception?.Calls.Contains(FetchesBatch) == true)
            ? $"{Short(final.Type)} while a batch was handed over: the worker was gone"
            : null;

    private TrialDiagnosis? FromFinalException()
    {
        if (_evidence.ExitCode is not (1 or null) || (_evidence.Record.Exception ?? _stderr.Final) is not { } final)
            return null; // the script chose its exit code itself, or told nothing
        var told = (_stderr.Final ?? final) with { Type = Short((_stderr.Final ?? final).Type) };
        var line = $"{told.Type}: {FirstLine(told.Message)}";
        if (FailurePatterns.ImportFailed.IsMatch(told.Type))
            return PyTorchDiagnostics.ImportFailed.Because(line, RemedyLines.Import(told.Message));
        if (FailurePatterns.OtherMlflowRun.IsMatch(told.Message))
            return PyTorchDiagnostics.OtherMlflowRun.Because(line);
        if (told.Type == "FileNotFoundError")
            return PyTorchDiagnostics.DatasetFileMissing.Because(line, RemedyLines.MissingFile(told.Message));
        return _stderr.ExceptionLike(FailurePatterns.WorkerRaised) is not null || FailurePatterns.WorkerRaised.IsMatch(final.Message)
            ? PyTorchDiagnostics.WorkerRaised.Because(line, _remedies.NumWorkers(0))
            : PyTorchDiagnostics.ScriptRaised.Because(line);
    }

    private string Workers => _evidence.NumWorkers is { } workers ? Invariant($"{workers}") : "unknown";

    private string SharedMemoryLeft() => _evidence.SharedMemoryFreeBytes is { } free
        ? Invariant($"; {free / 1048576.0:0.0} MiB were free in /dev/shm at the least")
        : "";

    private static string Short(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
