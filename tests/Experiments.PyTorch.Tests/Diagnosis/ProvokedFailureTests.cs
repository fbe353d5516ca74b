using Experiments.Core.Diagnostics;

namespace Experiments.PyTorch.Tests.Diagnosis;

/// <summary>Every failure provoked for real, and named.</summary>
[Trait("Needs", "pytorch")]
public sealed class ProvokedFailureTests(DiagnosisTally tally) : IClassFixture<DiagnosisTally>
{
    private const long MiB = 1 << 20;

    public static TheoryData<ProvokedFailure> Failures { get; } = new(
        ProvokedFailure.Of("allocation.py", PyTorchDiagnostics.CannotAllocateMemory),
        ProvokedFailure.Of("allocation_in_worker.py", PyTorchDiagnostics.CannotAllocateMemory),
        ProvokedFailure.Of("worker_killed.py", PyTorchDiagnostics.WorkerKilled),
        ProvokedFailure.Of("memory_eater.py worker", PyTorchDiagnostics.WorkerKilled).InMemory(768 * MiB),
        ProvokedFailure.Of("memory_eater.py training", PyTorchDiagnostics.OutOfMemoryKilled).InMemory(768 * MiB),
        ProvokedFailure.Of("shared_memory.py", PyTorchDiagnostics.SharedMemoryFull).InSharedMemory(1),
        ProvokedFailure.Of("pin_memory.py", PyTorchDiagnostics.PinMemoryThreadDied),
        ProvokedFailure.Of("open_files.py", PyTorchDiagnostics.TooManyOpenFiles),
        ProvokedFailure.Of("no_main_guard.py", PyTorchDiagnostics.WorkerStartFailed),
        ProvokedFailure.Of("pickling.py", PyTorchDiagnostics.WorkerStartFailed),
        ProvokedFailure.Of("import_error.py", PyTorchDiagnostics.ImportFailed),
        ProvokedFailure.Of("missing_file.py 0", PyTorchDiagnostics.DatasetFileMissing),
        ProvokedFailure.Of("missing_file.py 2", PyTorchDiagnostics.DatasetFileMissing),
        ProvokedFailure.Of("hang.py", PyTorchDiagnostics.Hang).ThatHangs(),
        ProvokedFailure.Of("raised.py worker", PyTorchDiagnostics.WorkerRaised),
        ProvokedFailure.Of("raised.py training", PyTorchDiagnostics.ScriptRaised),
        ProvokedFailure.Of("unequal.py longest_first 0", PyTorchDiagnostics.UnequalSamples, "collate_fn|pad"),
        ProvokedFailure.Of("unequal.py longest_first 2", PyTorchDiagnostics.UnequalSamples, "collate_fn|pad"),
        ProvokedFailure.Of("unequal.py longest_last 0", PyTorchDiagnostics.UnequalSamples, "collate_fn|pad"),
        ProvokedFailure.Of("unequal.py longest_last 2", PyTorchDiagnostics.UnequalSamples, "collate_fn|pad"),
        ProvokedFailure.Of("unequal.py longest_last 2 list", PyTorchDiagnostics.UnequalSamples, "collate_fn|pad"),
        ProvokedFailure.Of("no_sample.py none 0", PyTorchDiagnostics.NotCollatable, "None|collate_fn"),
        ProvokedFailure.Of("no_sample.py none 2", PyTorchDiagnostics.NotCollatable, "None|collate_fn"),
        ProvokedFailure.Of("no_sample.py late 2", PyTorchDiagnostics.NotCollatable, "None|collate_fn"),
        ProvokedFailure.Of("no_sample.py path 2", PyTorchDiagnostics.NotCollatable, "collate_fn|PurePosixPath"),
        ProvokedFailure.Of("loader_timeout.py", PyTorchDiagnostics.LoaderTimedOut, "timeout=|num_workers"),
        ProvokedFailure.Of("cuda_in_fork.py worker", PyTorchDiagnostics.CudaInFork, "CPU tensors|map_location|spawn"),
        ProvokedFailure.Of("cuda_in_fork.py process", PyTorchDiagnostics.CudaInFork, "set_start_method"),
        ProvokedFailure.Of("unpicklable.py local", PyTorchDiagnostics.WorkerStartFailed, "top level|Local"),
        ProvokedFailure.Of("unpicklable.py file", PyTorchDiagnostics.WorkerStartFailed, "TextIOWrapper|__getitem__"),
        ProvokedFailure.Of("unpicklable.py generator", PyTorchDiagnostics.WorkerStartFailed, "generator|__getitem__"),
        ProvokedFailure.Of("unsent.py", PyTorchDiagnostics.SampleNotPicklable, "generator").ThatHangs(),
        ProvokedFailure.Of("needs_workers.py persistent", PyTorchDiagnostics.NeedsWorkers, "persistent_workers=num_workers > 0"),
        ProvokedFailure.Of("needs_workers.py prefetch", PyTorchDiagnostics.NeedsWorkers, "prefetch_factor"),
        ProvokedFailure.Of("needs_workers.py context", PyTorchDiagnostics.NeedsWorkers, "multiprocessing_context"),
        ProvokedFailure.Of("worker_crash.py", PyTorchDiagnostics.WorkerKilled, "num_workers=0|PYTHONFAULTHANDLER"),
        ProvokedFailure.Of("crash.py", PyTorchDiagnostics.NativeCrash, "PYTHONFAULTHANDLER"),
        ProvokedFailure.Of("shared_handle.py", PyTorchDiagnostics.SharedHandle, "worker_init_fn|num_workers=0"),
        ProvokedFailure.Of("chained_import.py from", PyTorchDiagnostics.ImportFailed, "pip install scikit-image"),
        ProvokedFailure.Of("chained_import.py while", PyTorchDiagnostics.ImportFailed, "pip install scikit-image"),
        ProvokedFailure.Of("colours.py", PyTorchDiagnostics.ImportFailed, "pip install opencv-python"),
        ProvokedFailure.Of("relative_import.py", PyTorchDiagnostics.RelativeImport, "module:|python -m"),
        ProvokedFailure.Of("syntax_error.py", PyTorchDiagnostics.NotPython, "py_compile|syntax_error.py"),
        ProvokedFailure.Of("arguments.py argparse --num_workers 3", PyTorchDiagnostics.UnknownArgument, "--workers, \"{num_workers}\"|--num_workers"),
        ProvokedFailure.Of("arguments.py argparse --pin 1", PyTorchDiagnostics.UnknownArgument, "without --pin"),
        ProvokedFailure.Of("arguments.py required", PyTorchDiagnostics.UnknownArgument, "--data"),
        ProvokedFailure.Of("arguments.py value --num_workers 3", PyTorchDiagnostics.UnknownArgument, "--help"),
        ProvokedFailure.Of("arguments.py click --num_workers 3", PyTorchDiagnostics.UnknownArgument, "without --num_workers"),
        ProvokedFailure.Of("arguments.py transformers --num_workers 3", PyTorchDiagnostics.UnknownArgument, "without --num_workers"),
        ProvokedFailure.Of("arguments.py own --num_workers 3", null),
        ProvokedFailure.Of("output_exists.py", PyTorchDiagnostics.OutputExists, "{trial_dir}"),
        ProvokedFailure.Of("own_exit_code.py", null),
        ProvokedFailure.Of("exits.py sys", null),
        ProvokedFailure.Of("exits.py term", null),
        ProvokedFailure.Of("layouts.py", null),
        ProvokedFailure.Of("page_faults.py", PyTorchDiagnostics.PageFaultBound),
        ProvokedFailure.Of("many_workers.py", PyTorchDiagnostics.MoreWorkersThanCores),
        ProvokedFailure.Of("pin_without_gpu.py", PyTorchDiagnostics.PinMemoryWithoutCuda),
        ProvokedFailure.Of("replication.py", PyTorchDiagnostics.ObjectsReplicated),
        ProvokedFailure.Of("own_memory.py", null),
        ProvokedFailure.Of("worker_start.py", PyTorchDiagnostics.WorkerStartDominates));

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_provoked_failure_is_named_with_evidence_and_remedy(ProvokedFailure failure)
    {
        // Most scripts of the corpus train nothing: how steps and samples are then counted is no finding here.
        var diagnoses = (await failure.DiagnoseAsync()).Where(one => one.Rule != PyTorchDiagnostics.StepsGuessed && one.Rule != PyTorchDiagnostics.SamplesGuessed).ToList();
        var named = diagnoses.Count > 0 ? diagnoses[0].Code : "";
        tally.Count(failure.ToString(), failure.Code, named);
        Assert.Equal(failure.Code, named);
        Assert.All(diagnoses, diagnosis => Assert.NotEqual("", diagnosis.Evidence));
        Assert.All(diagnoses, diagnosis => Assert.NotEqual("", diagnosis.Remedy));
        Assert.All(failure.Remedy.Split('|'), words => Assert.Contains(words, diagnoses.Count > 0 ? diagnoses[0].Remedy : "", StringComparison.Ordinal));
    }
}
