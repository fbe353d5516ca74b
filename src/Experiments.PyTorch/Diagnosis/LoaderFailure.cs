using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Causes that torch's loader names itself, in the words of torch 1.8 to 2.x, with the remedies of its maintainers.</summary>
internal sealed partial class LoaderFailure(StandardErrorText stderr, RemedyLines remedies)
{
    public TrialDiagnosis? Find() => Cuda() ?? Samples() ?? Timeout() ?? Workers() ?? Handle();

    private bool InWorker => stderr.ExceptionLike(FailurePatterns.WorkerRaised) is not null;

    private TrialDiagnosis? Cuda()
    {
        if ((stderr.ExceptionLike(CudaInFork()) ?? (InWorker ? stderr.ExceptionLike(CudaInWorker()) : null)) is not { } line)
            return null;
        return InWorker
            ? PyTorchDiagnostics.CudaInFork.Because(line, PyTorchDiagnostics.CudaInFork.Remedy + "; or DataLoader(…, multiprocessing_context=\"spawn\")")
            : PyTorchDiagnostics.CudaInFork.Because(line, "torch.multiprocessing.set_start_method(\"spawn\")   # before the first process starts; or no CUDA before it");
    }

    private TrialDiagnosis? Samples()
    {
        var inCollate = stderr.HasLineLike(InCollate());
        if ((stderr.ExceptionLike(Uncollatable()) ?? (inCollate ? stderr.ExceptionLike(NoneAmongSamples()) : null)) is { } kind)
        {
            var type = Uncollatable().Match(kind) is { Success: true } match ? match.Groups["type"].Value : "NoneType";
            return PyTorchDiagnostics.NotCollatable.Because(kind, type switch
            {
                "NoneType" => "return a sample on every path of __getitem__, or leave None out in a collate_fn: default_collate([one for one in batch if one is not None]); num_workers=0 fails alike",
                _ when type.StartsWith("PIL.", StringComparison.Ordinal) => "transform=torchvision.transforms.ToTensor()   # images must be tensors; num_workers=0 fails alike",
                _ => $"collate_fn=…   # one that makes a batch of {type}, or return tensors from the dataset; num_workers=0 fails alike",
            });
        }

        var sizes = stderr.ExceptionLike(CannotResize()) ?? (inCollate ? stderr.ExceptionLike(UnequalSizes()) : null);
        return sizes is null ? null : PyTorchDiagnostics.UnequalSamples.Because(sizes);
    }

    private TrialDiagnosis? Timeout() => stderr.ExceptionLike(TimedOut()) is { } line
        ? PyTorchDiagnostics.LoaderTimedOut.Because(line, $"DataLoader(…, timeout=0)   # or longer; and look for the sample that is slow: {remedies.NumWorkers(0)}, and py-spy dump --pid PID")
        : null;

    private TrialDiagnosis? Workers()
    {
        if (stderr.ExceptionLike(WithoutWorkers()) is not { } line)
            return null;
        return PyTorchDiagnostics.NeedsWorkers.Because(line,
            line.Contains("persistent_workers", StringComparison.Ordinal) ? "persistent_workers=num_workers > 0   # in the script; or matrix: {exclude: [{num_workers: 0}]}"
            : line.Contains("prefetch_factor", StringComparison.Ordinal) ? "prefetch_factor=2 if num_workers > 0 else None   # in the script; or matrix: {exclude: [{num_workers: 0}]}"
            : "multiprocessing_context=\"spawn\" if num_workers > 0 else None   # in the script; or matrix: {exclude: [{num_workers: 0}]}");
    }

    /// <summary>Only where a worker raises it: in the training itself the same words say that the file is broken.</summary>
    private TrialDiagnosis? Handle() => InWorker && stderr.ExceptionLike(BrokenRead()) is { } line ? PyTorchDiagnostics.SharedHandle.Because(line) : null;

    [GeneratedRegex(@"Cannot re-initialize CUDA in forked subprocess|cuda runtime error \(3\)")]
    private static partial Regex CudaInFork();

    [GeneratedRegex(@"CUDA error: initialization error|CUDA driver initialization failed|cannot pin '.*cuda")]
    private static partial Regex CudaInWorker();

    [GeneratedRegex(@"default_collate: batch must contain tensors.*; found <class '(?<type>[\w.]+)'>|batch must contain tensors, .*found <class '(?<type>[\w.]+)'>")]
    private static partial Regex Uncollatable();

    /// <summary>None behind a sample of another type, by that type: a tuple, a tensor, a dict, a number; torch 1 asks each for its size first.</summary>
    [GeneratedRegex(@"^(TypeError|AttributeError): .*NoneType")]
    private static partial Regex NoneAmongSamples();

    [GeneratedRegex(@"Trying to resize storage that is not resizable|each element in list of batch should be of equal size")]
    private static partial Regex CannotResize();

    [GeneratedRegex(@"stack expects each tensor to be equal size|Sizes of tensors must match except in dimension|all input arrays must have the same shape|inhomogeneous shape|could not broadcast input array|setting an array element with a sequence")]
    private static partial Regex UnequalSizes();

    [GeneratedRegex(@"\bin \w*collate\w*$|_utils[\\/]collate\.py")]
    private static partial Regex InCollate();

    [GeneratedRegex(@"DataLoader timed out after [\d.]+ seconds")]
    private static partial Regex TimedOut();

    [GeneratedRegex(@"persistent_workers option needs num_workers > 0|prefetch_factor option could only be specified in multiprocessing|multiprocessing_context can only be used with multi-process loading")]
    private static partial Regex WithoutWorkers();

    /// <summary>HDF5, LMDB, zip, tar, zlib and SQLite, when two processes read by one handle.</summary>
    [GeneratedRegex(@"Can't (synchronously )?(read data|open object|open file)|Unable to (synchronously )?open object|bad object header|B-tree signature|inflate\(\) failed|Unspecified error in H5|MDB_BAD_RSLOT|MDB_CORRUPTED|Bad magic number for file header|Bad CRC-32|BadZipFile|Error -3 while decompressing|database disk image is malformed|invalid header|unexpected end of data")]
    private static partial Regex BrokenRead();
}
