using Experiments.PyTorch.Diagnosis;

namespace Experiments.PyTorch.Tests.Diagnosis;

/// <summary>Every failure provoked for real, and named.</summary>
[Trait("Needs", "pytorch")]
public sealed class ProvokedFailureTests(DiagnosisTally tally) : IClassFixture<DiagnosisTally>
{
    private const long MiB = 1 << 20;

    public static TheoryData<ProvokedFailure> Failures { get; } = new(
        ProvokedFailure.Of("allocation.py", TrialCauses.CannotAllocateMemory),
        ProvokedFailure.Of("allocation_in_worker.py", TrialCauses.CannotAllocateMemory),
        ProvokedFailure.Of("worker_killed.py", TrialCauses.WorkerKilled),
        ProvokedFailure.Of("memory_eater.py worker", TrialCauses.WorkerKilled).InMemory(768 * MiB),
        ProvokedFailure.Of("memory_eater.py training", TrialCauses.OutOfMemoryKilled).InMemory(768 * MiB),
        ProvokedFailure.Of("shared_memory.py", TrialCauses.SharedMemoryFull).InSharedMemory(1),
        ProvokedFailure.Of("pin_memory.py", TrialCauses.PinMemoryThreadDied),
        ProvokedFailure.Of("open_files.py", TrialCauses.TooManyOpenFiles),
        ProvokedFailure.Of("no_main_guard.py", TrialCauses.WorkerStartFailed),
        ProvokedFailure.Of("pickling.py", TrialCauses.WorkerStartFailed),
        ProvokedFailure.Of("import_error.py", TrialCauses.ImportFailed),
        ProvokedFailure.Of("missing_file.py 0", TrialCauses.DatasetFileMissing),
        ProvokedFailure.Of("missing_file.py 2", TrialCauses.DatasetFileMissing),
        ProvokedFailure.Of("hang.py", TrialCauses.Hang).ThatHangs(),
        ProvokedFailure.Of("raised.py worker", TrialCauses.WorkerRaised),
        ProvokedFailure.Of("raised.py training", TrialCauses.ScriptRaised),
        ProvokedFailure.Of("own_exit_code.py", null),
        ProvokedFailure.Of("exits.py sys", null),
        ProvokedFailure.Of("exits.py term", null),
        ProvokedFailure.Of("layouts.py", null),
        ProvokedFailure.Of("page_faults.py", TrialCauses.PageFaultBound),
        ProvokedFailure.Of("many_workers.py", TrialCauses.MoreWorkersThanCores),
        ProvokedFailure.Of("pin_without_gpu.py", TrialCauses.PinMemoryWithoutCuda),
        ProvokedFailure.Of("replication.py", TrialCauses.ObjectsReplicated),
        ProvokedFailure.Of("worker_start.py", TrialCauses.WorkerStartDominates));

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
