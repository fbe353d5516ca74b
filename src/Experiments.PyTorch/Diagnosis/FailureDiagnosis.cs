using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Record;
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
    private readonly UsageFailure _usage;
    private readonly LoaderFailure _loader;

    public FailureDiagnosis(TrialEvidence evidence)
    {
        _evidence = evidence;
        _stderr = new StandardErrorText(evidence.StandardErrorTail, evidence.Record.Exception);
        _remedies = new RemedyLines(evidence);
        _usage = new UsageFailure(evidence, _stderr);
        _loader = new LoaderFailure(_stderr, _remedies);
    }

    public TrialDiagnosis? Find() =>
        BatchNotSent()
        ?? Hang()
        ?? FromMemory()
        ?? _usage.Find()
        ?? _loader.Find()
        ?? FromWorkers()
        ?? FromFinalException()
        ?? Crash();

    /// <summary>The thread of a worker that sends batches drops what it cannot send, and the training waits for it for ever.</summary>
    private TrialDiagnosis? BatchNotSent() => _stderr.HasLineLike(FailurePatterns.BatchIsSent) && _stderr.ExceptionLike(FailurePatterns.CannotPickle) is { } line
        ? PyTorchDiagnostics.SampleNotPicklable.Because(line)
        : null;

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
        if (WhileProcessStarts && _stderr.ExceptionLike(FailurePatterns.CannotPickle) is { } unsent)
            return PyTorchDiagnostics.WorkerStartFailed.Because(unsent, RemedyLines.Pickling(unsent));
        if (_stderr.ExceptionLike(FailurePatterns.PinMemoryThreadDied) is { } pin)
        {
            return _stderr.ExceptionLike(FailurePatterns.PinsCudaTensor) is { } cuda
                ? PyTorchDiagnostics.PinMemoryThreadDied.Because(cuda, "return CPU tensors from the dataset: pinned memory is for copying them to the GPU   # or pin_memory=False")
                : PyTorchDiagnostics.PinMemoryThreadDied.Because(pin);
        }

        if ((_stderr.ExceptionLike(FailurePatterns.WorkerKilled) ?? GoneWhileHandingOver()) is not { } killed)
            return null;
        if (_evidence.OomKills > 0)
            return PyTorchDiagnostics.WorkerKilled.Because(killed + Invariant($"; oom_kill rose by {_evidence.OomKills}"), _remedies.LessMemory());
        if (_stderr.LineLike(FailurePatterns.NativeFault) is { } fault)
        {
            return PyTorchDiagnostics.WorkerKilled.Because(
                killed.Contains(fault, StringComparison.Ordinal) ? killed : $"{killed.TrimEnd(' ', '.')}; {NameOf(fault)}",
                $"{_remedies.NumWorkers(0)}   # with env: {{PYTHONFAULTHANDLER: \"1\"}}: standard error then names the line that crashes; fewer workers do not help");
        }

        return FailurePatterns.KilledByKill.IsMatch(killed)
            ? PyTorchDiagnostics.WorkerKilled.Because(killed, $"{_remedies.LessMemory()}   # if the kernel killed it for want of memory: dmesg | grep -i oom")
            : PyTorchDiagnostics.WorkerKilled.Because(killed, $"{_remedies.NumWorkers(0)}   # the worker's own error is shown then");
    }

    /// <summary>The signal's own name: torch's handler writes it in the middle of a line.</summary>
    private static string NameOf(string fault) => fault.Contains("segmentation fault", StringComparison.Ordinal) ? "Segmentation fault (SIGSEGV) in the worker"
        : fault.Contains("floating-point", StringComparison.Ordinal) ? "Floating point exception (SIGFPE) in the worker" : fault;

    private bool WhileProcessStarts => _stderr.HasLineLike(FailurePatterns.ProcessStarts) || _evidence.Record.Exception?.Calls.Contains("_launch") == true;

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
        if (_stderr.LineLike(FailurePatterns.NoSuchModule) is { } module && _evidence.Record.Steps == 0)
            return new ImportRemedy(_evidence).Of(module, [new ScriptException("ModuleNotFoundError", module)]);
        if (_evidence.ExitCode is not (1 or null) || (_evidence.Record.Exception ?? _stderr.Final) is not { } final)
            return null; // the script chose its exit code itself, or told nothing
        var told = (_stderr.Final ?? final) with { Type = Short((_stderr.Final ?? final).Type) };
        var line = $"{told.Type}: {FirstLine(told.Message)}";
        if (FailedImport(told) is { Count: > 0 } chain)
        {
            var import = new ImportRemedy(_evidence).Of(line, chain);
            return _stderr.ExceptionLike(FailurePatterns.WorkerRaised) is null ? import : PyTorchDiagnostics.WorkerRaised.Because(line, import.Remedy);
        }

        if (FailurePatterns.NotPython.IsMatch(told.Type))
            return PyTorchDiagnostics.NotPython.Because(PlaceOfSyntaxError() is { } place ? $"{line} at {place}" : line, RemedyLines.Compile(PlaceOfSyntaxError()));
        if (FailurePatterns.OtherMlflowRun.IsMatch(told.Message))
            return PyTorchDiagnostics.OtherMlflowRun.Because(line);
        if (told.Type == "FileNotFoundError")
            return PyTorchDiagnostics.DatasetFileMissing.Because(line, RemedyLines.MissingFile(told.Message));
        if (FailurePatterns.OutputExists.Match(told.Message) is { Success: true } output)
            return PyTorchDiagnostics.OutputExists.Because(line, _remedies.OwnOutput(output.Groups["path"].Value));
        return _stderr.ExceptionLike(FailurePatterns.WorkerRaised) is not null || FailurePatterns.WorkerRaised.IsMatch(final.Message)
            ? PyTorchDiagnostics.WorkerRaised.Because(line, _remedies.NumWorkers(0))
            : PyTorchDiagnostics.ScriptRaised.Because(line);
    }

    /// <summary>The chain of exceptions that ends in a failed import, or in the script's own words about one; empty where none does.</summary>
    private IReadOnlyList<ScriptException> FailedImport(ScriptException told)
    {
        var chain = _stderr.FinalChain.Count > 0 ? _stderr.FinalChain : [told];
        if (FailurePatterns.ImportFailed.IsMatch(told.Type))
            return chain;
        var module = chain.Where(one => FailurePatterns.ImportFailed.IsMatch(Short(one.Type)))
            .Select(one => FailurePatterns.MissingModule.Match(one.Message)).LastOrDefault(match => match.Success)?.Groups["name"].Value.Split('.')[0];
        return module is not null
            && (told.Message.Contains(module, StringComparison.OrdinalIgnoreCase) || told.Message.Contains("install", StringComparison.OrdinalIgnoreCase)) ? chain : [];
    }

    /// <summary>The last place that stands before the syntax error: <c>file:line</c>.</summary>
    private string? PlaceOfSyntaxError() =>
        _stderr.LastLineLike(FailurePatterns.Place) is { } line && FailurePatterns.Place.Match(line) is { Success: true } place
            ? $"{place.Groups["file"].Value}:{place.Groups["line"].Value}"
            : null;

    private TrialDiagnosis? Crash()
    {
        var name = _evidence.Signal switch { 4 => "SIGILL", 6 => "SIGABRT", 8 => "SIGFPE", 11 => "SIGSEGV", _ => null };
        return name is null || !_evidence.Record.Started ? null
            : PyTorchDiagnostics.NativeCrash.Because(_stderr.LineLike(FailurePatterns.NativeWords) is { } words ? $"{name}; {words}" : name);
    }

    private string Workers => _evidence.NumWorkers is { } workers ? Invariant($"{workers}") : "unknown";

    private string SharedMemoryLeft() => _evidence.SharedMemoryFreeBytes is { } free
        ? Invariant($"; {free / 1048576.0:0.0} MiB were free in /dev/shm at the least")
        : "";

    private static string Short(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
