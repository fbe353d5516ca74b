using System.Text.RegularExpressions;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>The words by which Python, torch and the C library tell a cause.</summary>
internal static partial class FailurePatterns
{
    [GeneratedRegex(@"CUDA out of memory|CUDA error: out of memory|OutOfMemoryError|CU(BLAS|DNN)_STATUS_ALLOC_FAILED")]
    public static partial Regex CudaOutOfMemory { get; }

    [GeneratedRegex(@"killed by signal: Bus error|(/torch_|shared memory|shm|/dev/shm|shared file mapping).*No space left on device|No space left on device.*(/torch_|/dev/shm|shared memory|/pym-)|out of shared memory", RegexOptions.IgnoreCase)]
    public static partial Regex SharedMemoryFull { get; }

    [GeneratedRegex(@"^ERROR: Unexpected bus error encountered in worker")]
    public static partial Regex BusErrorInWorker { get; }

    [GeneratedRegex(@"Too many open files|\[Errno 24\]|received 0 items of ancdata")]
    public static partial Regex TooManyOpenFiles { get; }

    [GeneratedRegex(@"finished its bootstrapping phase|PicklingError|[Cc]an't pickle|[Cc]annot pickle|Can't get attribute|can't start new thread|\[Errno 11\] Resource temporarily unavailable")]
    public static partial Regex WorkerStartFailed { get; }

    [GeneratedRegex(@"^RuntimeError:.*start a new process before the|An attempt has been made to start a new process before")]
    public static partial Regex NoMainGuard { get; }

    [GeneratedRegex(@"^(\w+\.)*MemoryError\b|Cannot allocate memory|can't allocate memory|std::bad_alloc|ArrayMemoryError|\[Errno 12\]|not enough memory: you tried to allocate")]
    public static partial Regex CannotAllocateMemory { get; }

    [GeneratedRegex(@"^terminate called after throwing an instance of 'std::bad_alloc'|^MemoryError$")]
    public static partial Regex AllocationAborted { get; }

    [GeneratedRegex(@"DataLoader worker \(pid\(?s?\)? [\d, ]+\) (is killed by signal|exited unexpectedly)")]
    public static partial Regex WorkerKilled { get; }

    [GeneratedRegex(@"multiprocessing.resource_sharer\.py|in rebuild_storage_fd")]
    public static partial Regex BatchHandedOver { get; }

    [GeneratedRegex(@"^(ConnectionResetError|ConnectionRefusedError|BrokenPipeError|EOFError|FileNotFoundError)$")]
    public static partial Regex OtherEndGone { get; }

    /// <summary>What MLflow's Python client says of a run that was handed over, but is another experiment's or store's.</summary>
    [GeneratedRegex(@"Cannot start run with ID \w+ because active (run|experiment) ID|Run with id=\w+ not found|Run '?\w{32}'? not found")]
    public static partial Regex OtherMlflowRun { get; }

    /// <summary>What a rank of a distributed training says when another is gone.</summary>
    [GeneratedRegex(@"gloo/transport/.*Connection (closed|reset) by peer|NCCL communicator was aborted|NCCL error:.*remote process exited")]
    public static partial Regex OtherRankGone { get; }

    [GeneratedRegex(@"DataLoader worker \(pid \d+\) is killed by signal: (?<signal>[^.]+)")]
    public static partial Regex WorkerSignal { get; }

    [GeneratedRegex(@"Pin memory thread exited unexpectedly|in pin memory thread for device")]
    public static partial Regex PinMemoryThreadDied { get; }

    [GeneratedRegex(@"^(?:ModuleNotFoundError|ImportError)")]
    public static partial Regex ImportFailed { get; }

    [GeneratedRegex(@"No module named '(?<name>[^'.]+)")]
    public static partial Regex MissingModule { get; }

    [GeneratedRegex(@"No such file or directory: (?<quote>['""])(?<path>.+)\k<quote>")]
    public static partial Regex MissingPath { get; }

    [GeneratedRegex(@"Caught (?<type>[\w.]+) in DataLoader worker process")]
    public static partial Regex WorkerRaised { get; }

    [GeneratedRegex(@"'pin_memory' argument is set as true but no accelerator is found")]
    public static partial Regex PinMemoryWarning { get; }
}
