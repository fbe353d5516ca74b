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
        var diagnoses = await failure.DiagnoseAsync();
        var named = diagnoses.Count > 0 ? diagnoses[0].Code : "";
        tally.Count(failure.ToString(), failure.Code, named);
        Assert.Equal(failure.Code, named);
        Assert.All(diagnoses, diagnosis => Assert.NotEqual("", diagnosis.Evidence));
        Assert.All(diagnoses, diagnosis => Assert.NotEqual("", diagnosis.Remedy));
    }
}
