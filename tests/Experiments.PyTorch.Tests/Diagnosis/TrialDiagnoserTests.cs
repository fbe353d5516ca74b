using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Diagnosis;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Tests.Diagnosis;

/// <summary>The pure part: what stands in the evidence decides, in the order from specific to general.</summary>
public sealed class TrialDiagnoserTests
{
    private static readonly LoaderRecord Loader = new()
    {
        Number = 0, Trains = true, Site = "/home/me/data/utils.py:30", Notes = [],
        Asked = new LoaderSettings(16, true, 2, false, 64), Used = new LoaderSettings(4, true, 2, false, 64),
    };

    private static readonly ProbeRecord Good = new() { Started = true, Attached = true, Ended = true, Steps = 20, Loaders = [Loader], CudaBuild = "12.1" };

    [Theory]
    [InlineData("RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity)", "EXP3103", "batch_size=32")]
    [InlineData("torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", "EXP3103", "batch_size=32")]
    [InlineData("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", "EXP3103", "batch_size=32")]
    [InlineData("OSError: [Errno 12] Cannot allocate memory", "EXP3104", "--num_workers 2")]
    [InlineData("MemoryError", "EXP3104", "--num_workers 2")]
    [InlineData("RuntimeError: DataLoader worker (pid 7) is killed by signal: Segmentation fault. ", "EXP3105", "--num_workers 2")]
    [InlineData("RuntimeError: DataLoader worker (pid(s) 7, 8) exited unexpectedly", "EXP3105", "--num_workers 2")]
    [InlineData("RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory.", "EXP3106", "docker run --shm-size=8g")]
    [InlineData("RuntimeError: unable to write to file </torch_7_1_0>: No space left on device (28)", "EXP3106", "docker run --shm-size=8g")]
    [InlineData("RuntimeError: Pin memory thread exited unexpectedly", "EXP3107", "pin_memory=False")]
    [InlineData("RuntimeError: Caught RuntimeError in pin memory thread for device 0.", "EXP3107", "pin_memory=False")]
    [InlineData("RuntimeError: received 0 items of ancdata", "EXP3108", "ulimit -n 65536")]
    [InlineData("RuntimeError: unable to open shared memory object </torch_7_1_0> in read-write mode: Too many open files (24)", "EXP3108", "ulimit -n 65536")]
    [InlineData("RuntimeError: can't start new thread", "EXP3109", "ulimit -u 65536")]
    [InlineData("ModuleNotFoundError: No module named 'transformers.models'", "EXP3110", "pip install transformers")]
    [InlineData("FileNotFoundError: [Errno 2] No such file or directory: '/data/meld/video.pkl'", "EXP3111", "ls -l '/data/meld/video.pkl'")]
    [InlineData("ValueError: expected 768 features", "EXP3114", "see stderr.log")]
    public void An_exception_is_named(string exception, string code, string remedy)
    {
        var diagnosis = Diagnose(Failed("Traceback (most recent call last):\n  File \"run.py\", line 3, in <module>\n    train()\n" + exception))[0];
        Assert.Equal((code, remedy), (diagnosis.Code, diagnosis.Remedy));
        Assert.Contains(exception.Trim(), diagnosis.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[4000000000,4000000000]", "[0,null]", false)]
    [InlineData("[90000000,90000000]", "[70000000,70000000]", true)]
    public void Copies_of_objects_are_replication_and_private_memory_alone_is_not(string ofWorkers, string copied, bool replicates)
    {
        var line = $$"""{"type":"phase","name":"processes","t":9,"step":30,"workers":[8,9],"worker_private_bytes":{{ofWorkers}},"worker_copied_bytes":{{copied}}}""";
        var record = Good with { Processes = ProbeRecordReader.Read([line]).Processes };
        Assert.Equal(replicates, Diagnose(new TrialEvidence { ExitCode = 0, Record = record, UsableCores = 32 }).Any(one => one.Code == "EXP3154"));
    }

    [Fact]
    public void Words_of_a_failure_that_the_script_only_logs_are_no_cause() =>
        Assert.Empty(Diagnose(Failed("warning: last night: RuntimeError: CUDA out of memory, retried") with { ExitCode = 4 }));

    [Fact]
    public void A_trial_that_succeeded_has_no_error_whatever_it_printed() =>
        Assert.Empty(Diagnose(Failed("Traceback (most recent call last):\nMemoryError") with { ExitCode = 0 }));

    [Fact]
    public void What_other_processes_print_after_the_failure_is_not_the_cause()
    {
        var text = "Traceback (most recent call last):\nValueError: boom\nTraceback (most recent call last):\nBrokenPipeError: [Errno 32] Broken pipe";
        Assert.Contains("ValueError: boom", Diagnose(Failed(text))[0].Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionResetError: [Errno 104] Connection reset by peer")]
    [InlineData("FileNotFoundError: [Errno 2] No such file or directory")]
    public void A_worker_that_dies_while_it_hands_a_batch_over_was_killed(string exception)
    {
        var text = "Traceback (most recent call last):\n  File \"/usr/lib/python3.11/multiprocessing/resource_sharer.py\", line 86, in get_connection\n" + exception;
        Assert.Equal("EXP3105", Diagnose(Failed(text))[0].Code);
    }

    [Theory]
    [InlineData("_try_get_data", "EXP3105")]
    [InlineData("download", "EXP3114")]
    public void A_broken_connection_is_the_workers_death_where_torch_was_fetching_a_batch_though_the_traceback_was_cut_off(string call, string code)
    {
        var trial = Failed("Traceback (most recent call last):\n  File \"run.py\", line 8, in <module>\nlost sys.stderr");
        var exception = new ScriptException("builtins.ConnectionResetError", "[Errno 104] Connection reset by peer") { Calls = ["<module>", call, "recv"] };
        Assert.Equal(code, Diagnose(trial with { Record = Good with { Exception = exception } })[0].Code);
    }

    [Fact]
    public void A_launchers_report_is_not_the_cause()
    {
        var text = "Traceback (most recent call last):\nModuleNotFoundError: No module named 'av'\nTraceback (most recent call last):\n"
            + "torch.distributed.elastic.multiprocessing.errors.ChildFailedError: ";
        Assert.Equal(PyTorchDiagnostics.ImportFailed.Code, Diagnose(Failed(text))[0].Code);
    }

    [Theory]
    [InlineData(9, 1, "EXP3115")]
    [InlineData(9, 0, null)]
    [InlineData(7, 0, "EXP3106")]
    [InlineData(15, 0, null)]
    public void A_signal_alone_is_a_cause_only_with_a_counter_or_a_meaning(int signal, long oomKills, string? code) =>
        Assert.Equal(code, Diagnose(Failed("") with { ExitCode = null, Signal = signal, OomKills = oomKills }).Select(one => one.Code).FirstOrDefault());

    [Fact]
    public void Free_shared_memory_is_part_of_the_evidence()
    {
        var evidence = Failed("") with { ExitCode = null, Signal = 7, SharedMemoryFreeBytes = 512 << 10 };
        Assert.Contains("0.5 MiB were free", Diagnose(evidence)[0].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_remedy_uses_the_scripts_own_argument_or_the_setting()
    {
        var evidence = Failed("Traceback (most recent call last):\nMemoryError") with { Command = ["python3", "run.py"] };
        Assert.Equal("num_workers=2", Diagnose(evidence)[0].Remedy);
    }

    [Fact]
    public void More_workers_than_cores_and_pinning_without_a_GPU_are_warned_of()
    {
        var interpreter = new InterpreterInfo { PythonVersion = "3.11.2", Executable = "python3", TorchVersion = "2.4.0+cpu" };
        var evidence = Failed("") with { ExitCode = 0, UsableCores = 2, Interpreter = interpreter };
        Assert.Equal(["EXP3151 --num_workers 2", "EXP3152 pin_memory=False"], TrialDiagnoser.Diagnose(evidence).Select(one => $"{one.Code} {one.Remedy}"));
    }

    [Fact]
    public void A_setting_that_was_not_applied_is_warned_of()
    {
        var loader = Loader with { Notes = ["num_workers of an IterableDataset is not raised"] };
        var evidence = Failed("") with { ExitCode = 0, Record = Good with { Loaders = [loader] }, Wanted = new(8, true, null, null, null) };
        var diagnosis = Assert.Single(Diagnose(evidence));
        Assert.Equal("EXP3156", diagnosis.Code);
        Assert.StartsWith("num_workers=4 instead of 8 at /home/me/data/utils.py:30 (num_workers of", diagnosis.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "EXP3153")]
    [InlineData(20, null)] // it slept most of the time
    public void Page_faults_are_what_loading_is_bound_by_where_the_kernel_is_busy_with_them(double seconds, string? code)
    {
        ProcessSample At(double share) => new()
        {
            Time = 1000 + (share * seconds), Step = (int)(20 * share), Workers = [], WorkerPrivateBytes = [],
            MinorFaults = (long)(400_000 * share), UserSeconds = 1 * share, SystemSeconds = 2 * share,
        };
        var evidence = Failed("") with { ExitCode = 0, Record = Good with { Processes = [At(0), At(0.5), At(1)] } };
        Assert.Equal(code, Diagnose(evidence).SingleOrDefault()?.Code);
    }

    [Fact]
    public void A_record_without_an_end_is_cut_off() =>
        Assert.Equal("EXP3157", Assert.Single(Diagnose(Failed("") with { ExitCode = 0, Record = Good with { Ended = false } })).Code);

    [Fact]
    public void A_diagnosis_is_one_line_of_cause_evidence_and_remedy() =>
        Assert.Equal(
            "experiments: error EXP3104: Memory cannot be allocated: MemoryError; try: --num_workers 2",
            Diagnose(Failed("Traceback (most recent call last):\nMemoryError"))[0].ToDiagnostic().ToString());

    [Fact]
    public void A_wrapper_that_isolates_python_is_why_the_probe_is_not_attached()
    {
        var interpreter = new InterpreterInfo { PythonVersion = "3.11.2", Executable = "/usr/bin/python3", IgnoresEnvironment = true };
        var evidence = Failed("") with { ExitCode = 0, Record = ProbeRecord.None, Interpreter = interpreter };

        Assert.Equal("EXP3101", Assert.Single(Diagnose(evidence)).Code);
    }

    private static TrialEvidence Failed(string stderr) => new()
    {
        ExitCode = 1, StandardErrorTail = stderr, Record = Good, UsableCores = 64,
        Command = ["python3", "run.py", "--num_workers", "4", "--train"],
    };

    private static IReadOnlyList<TrialDiagnosis> Diagnose(TrialEvidence evidence) => TrialDiagnoser.Diagnose(evidence);
}
