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

    [GeneratedRegex(@"finished its bootstrapping phase|can't start new thread|\[Errno 11\] ")]
    public static partial Regex WorkerStartFailed { get; }

    /// <summary>Python 3.8 to 3.14: what cannot be sent to another process.</summary>
    [GeneratedRegex(@"PicklingError|[Cc]an't pickle|[Cc]annot pickle|cannot be pickled|Can't get (local )?(object|attribute)|not picklable")]
    public static partial Regex CannotPickle { get; }

    /// <summary>The part of Python that sends objects to a process that starts.</summary>
    [GeneratedRegex(@"multiprocessing[\\/](popen_|reduction|spawn|forkserver)")]
    public static partial Regex ProcessStarts { get; }

    /// <summary>The thread of a worker that sends its batches.</summary>
    [GeneratedRegex(@"multiprocessing[\\/]queues\.py.* in _feed")]
    public static partial Regex BatchIsSent { get; }

    /// <summary>What cannot be pickled: a function or class that is local, a lambda.</summary>
    [GeneratedRegex(@"local object '?(?<name><?[^'>]+(<lambda>|<locals>)?[^']*)|pickle (?<name><function .*<lambda>)")]
    public static partial Regex LocalObject { get; }

    /// <summary>The type of what cannot be pickled.</summary>
    [GeneratedRegex(@"cannot pickle '(?<name>[^']+)' (object|instances)|(?<name>\S+) objects cannot be pickled")]
    public static partial Regex UnpicklableType { get; }

    [GeneratedRegex(@"cannot pin '.*cuda|only dense CPU tensors can be pinned")]
    public static partial Regex PinsCudaTensor { get; }

    [GeneratedRegex(@"is killed by signal: Killed")]
    public static partial Regex KilledByKill { get; }

    /// <summary>A line of a traceback.</summary>
    [GeneratedRegex(@"^\s*File ""(?<file>[^""]+)"", line (?<line>\d+)")]
    public static partial Regex Place { get; }

    /// <summary>What the C++ library and Python say of a crash.</summary>
    [GeneratedRegex(@"^terminate called|^\s+what\(\): |^Fatal Python error|: Assertion .* failed|^(double free|free\(\)|malloc\(\)|corrupted )")]
    public static partial Regex NativeWords { get; }

    /// <summary>Signals that a fault of native code raises; the C library's words are the user's language's, torch's own are not.</summary>
    [GeneratedRegex(@"^ERROR: Unexpected (segmentation fault|floating-point exception) encountered in worker|is killed by signal: (Segmentation fault|Illegal instruction|Aborted|Floating point exception)")]
    public static partial Regex NativeFault { get; }

    [GeneratedRegex(@"attempted relative import (with no known parent package|beyond top-level package)")]
    public static partial Regex RelativeImport { get; }

    [GeneratedRegex(@"(?<name>lib[\w+.-]+\.so[\d.]*): cannot open shared object file")]
    public static partial Regex MissingLibrary { get; }

    /// <summary>What python -m says of a module that it does not find; it raises nothing.</summary>
    [GeneratedRegex(@"^\S*python[\d.]*: (No module named (?<name>[\w.]+)|Error while finding module specification for .*No module named '(?<name>[^']+)')")]
    public static partial Regex NoSuchModule { get; }

    [GeneratedRegex(@"^(SyntaxError|IndentationError|TabError)$")]
    public static partial Regex NotPython { get; }

    /// <summary>What is there already; the names of shared memory are no output.</summary>
    [GeneratedRegex(@"\[Errno 17\][^:]*: (?<quote>['""])(?!/?(psm|torch|pym|sem)[_.-])(?<path>.+)\k<quote>|[Oo]utput.{0,40}(?<quote>['""(]?)(?<path>\S+?)['"")]? already exists and is not empty")]
    public static partial Regex OutputExists { get; }

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

    [GeneratedRegex(@"Pin memory thread exited unexpectedly|in pin memory thread for device")]
    public static partial Regex PinMemoryThreadDied { get; }

    [GeneratedRegex(@"^(?:ModuleNotFoundError|ImportError)")]
    public static partial Regex ImportFailed { get; }

    [GeneratedRegex(@"No module named '?(?<name>[\w.]+)")]
    public static partial Regex MissingModule { get; }

    [GeneratedRegex(@"\[Errno 2\] [^:]*: (?<quote>['""])(?<path>.+)\k<quote>")]
    public static partial Regex MissingPath { get; }

    [GeneratedRegex(@"Caught (?<type>[\w.]+) in DataLoader worker process")]
    public static partial Regex WorkerRaised { get; }

    [GeneratedRegex(@"'pin_memory' argument is set as true but no accelerator is found")]
    public static partial Regex PinMemoryWarning { get; }
}
