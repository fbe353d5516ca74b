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

    private const string OpenFiles = "ulimit -n 65536   # or torch.multiprocessing.set_sharing_strategy(\"file_system\"); "
        + "or keep tensor.clone(): each tensor that is kept of a worker's batch holds a file open";

    [Theory]
    [InlineData("RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity)", "EXP3103", "batch_size=32")]
    [InlineData("torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", "EXP3103", "batch_size=32")]
    [InlineData("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", "EXP3103", "batch_size=32")]
    [InlineData("OSError: [Errno 12] Cannot allocate memory", "EXP3104", "--num_workers 2")]
    [InlineData("MemoryError", "EXP3104", "--num_workers 2")]
    [InlineData("RuntimeError: DataLoader worker (pid 7) is killed by signal: Segmentation fault. ", "EXP3105", "--num_workers 0   # with env: {PYTHONFAULTHANDLER: \"1\"}: standard error then names the line that crashes; fewer workers do not help")]
    [InlineData("RuntimeError: DataLoader worker (pid(s) 7, 8) exited unexpectedly", "EXP3105", "--num_workers 0   # the worker's own error is shown then")]
    [InlineData("RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory.", "EXP3106", "docker run --shm-size=8g")]
    [InlineData("RuntimeError: unable to write to file </torch_7_1_0>: No space left on device (28)", "EXP3106", "docker run --shm-size=8g")]
    [InlineData("RuntimeError: Pin memory thread exited unexpectedly", "EXP3107", "pin_memory=False")]
    [InlineData("RuntimeError: Caught RuntimeError in pin memory thread for device 0.", "EXP3107", "pin_memory=False")]
    [InlineData("RuntimeError: received 0 items of ancdata", "EXP3108", OpenFiles)]
    [InlineData("RuntimeError: unable to open shared memory object </torch_7_1_0> in read-write mode: Too many open files (24)", "EXP3108", OpenFiles)]
    [InlineData("RuntimeError: can't start new thread", "EXP3109", "ulimit -u 65536   # processes and threads of the user; or fewer workers")]
    [InlineData("ModuleNotFoundError: No module named 'transformers'", "EXP3110", "pip install transformers")]
    [InlineData("FileNotFoundError: [Errno 2] No such file or directory: '/data/meld/video.pkl'", "EXP3111", "ls -l '/data/meld/video.pkl'")]
    [InlineData("ValueError: expected 768 features", "EXP3114", "see stderr.log")]
    public void An_exception_is_named(string exception, string code, string remedy)
    {
        var diagnosis = Diagnose(Failed("Traceback (most recent call last):\n  File \"run.py\", line 3, in <module>\n    train()\n" + exception))[0];
        Assert.Equal((code, remedy), (diagnosis.Code, diagnosis.Remedy));
        Assert.Contains(exception.Trim(), diagnosis.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No module named 'skimage'", "pip install scikit-image")]
    [InlineData("No module named 'cv2'", "pip install opencv-python-headless")]
    [InlineData("No module named 'PIL'", "pip install Pillow")]
    [InlineData("No module named 'sklearn'", "pip install scikit-learn")]
    [InlineData("No module named 'yaml'", "pip install PyYAML")]
    [InlineData("No module named 'hydra'", "pip install hydra-core")]
    [InlineData("No module named 'omegaconf'", "pip install omegaconf")]
    [InlineData("No module named 'utils'", "env: {PYTHONPATH: \"..\"}")] // the user's own, whatever packages have that name
    [InlineData("No module named 'utils.data'; 'utils' is not a package", "env: {PYTHONPATH: \"..\"}")]
    [InlineData("No module named 'qwerty'", "python -c \"import qwerty\"   # no package is known to have it")]
    [InlineData("No module named 'transformers.models.new'", "python -m pip show transformers   # transformers is there, but has no transformers.models.new")]
    [InlineData("No module named 'imp'", "train: {python: …}   # an older Python")]
    [InlineData("libGL.so.1: cannot open shared object file: No such file or directory", "pip install opencv-python-headless")]
    [InlineData("libsndfile.so.1: cannot open shared object file: No such file or directory", "ldconfig -p | grep libsndfile")]
    [InlineData("/x/_C.so: undefined symbol: _ZN3c104cuda", "python -m pip list   # the extension was built for another version of torch")]
    [InlineData("cannot import name 'a' from partially initialized module 'b' (most likely due to a circular import) (/x/b.py)", "python -v SCRIPT")]
    [InlineData("cannot import name 'a' from 'b' (/x/b.py)", "python -m pip check")]
    public void A_failed_import_names_a_package_only_where_it_is_known(string message, string remedy)
    {
        var evidence = Failed("Traceback (most recent call last):\nImportError: " + message) with { ModulesNearby = new Dictionary<string, string> { ["utils"] = ".." } };
        var diagnosis = Diagnose(evidence)[0];
        Assert.Equal("EXP3110", diagnosis.Code);
        Assert.StartsWith(remedy, diagnosis.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_python_runs_and_does_not_find_is_an_import_that_failed()
    {
        var evidence = Failed("/usr/bin/python3: Error while finding module specification for 'pkg.train' (ModuleNotFoundError: No module named 'pkg')")
            with { Record = ProbeRecord.None };
        Assert.Equal("EXP3110", Diagnose(evidence)[0].Code);
    }

    [Theory]
    [InlineData("OSError: Can't synchronously read data (inflate() failed)")] // h5py 3.9 on
    [InlineData("OSError: Can't read data (wrong B-tree signature)")]
    [InlineData("KeyError: 'Unable to open object (bad object header version number)'")]
    [InlineData("lmdb.BadRslotError: mdb_txn_begin: MDB_BAD_RSLOT: Invalid reuse of reader locktable slot")]
    public void A_broken_read_in_a_worker_is_a_handle_that_was_open_before_the_fork_and_in_the_training_it_is_not(string exception)
    {
        var inner = "Traceback (most recent call last):\n  File \"run.py\", line 9, in __getitem__\n" + exception;
        Assert.Equal("EXP3122", Diagnose(Failed("Traceback (most recent call last):\nOSError: Caught OSError in DataLoader worker process 0.\nOriginal " + inner))[0].Code);
        Assert.Equal("EXP3114", Diagnose(Failed(inner))[0].Code);
    }

    [Theory]
    [InlineData("AttributeError: Can't pickle local object 'main.<locals>.Local'")] // Python 3.12 and before
    [InlineData("AttributeError: Can't get local object 'main.<locals>.Local'")] // 3.13
    [InlineData("_pickle.PicklingError: Can't pickle local object <function main.<locals>.<lambda> at 0x7f>")] // 3.14
    public void A_local_function_or_class_is_named_where_a_worker_starts_and_anywhere_else_it_is_the_scripts_own(string exception)
    {
        var start = "Traceback (most recent call last):\n  File \"/usr/lib/python3/multiprocessing/popen_spawn_posix.py\", line 47, in _launch\n" + exception;
        var diagnosis = Diagnose(Failed(start))[0];
        Assert.Equal("EXP3109", diagnosis.Code);
        Assert.Contains("main.<locals>.", diagnosis.Remedy, StringComparison.Ordinal);
        Assert.Equal("EXP3114", Diagnose(Failed("Traceback (most recent call last):\n  File \"/x/torch/serialization.py\", line 4, in _save\n" + exception))[0].Code);
    }

    [Theory]
    [InlineData("OSError: [Errno 24] Zu viele offene Dateien", "EXP3108")]
    [InlineData("OSError: [Errno 12] Kann Speicher nicht zuweisen", "EXP3104")]
    [InlineData("FileNotFoundError: [Errno 2] Datei oder Verzeichnis nicht gefunden: '/data/x'", "EXP3111")]
    [InlineData("FileExistsError: [Errno 17] Die Datei existiert bereits: 'runs/exp1'", "EXP3126")]
    [InlineData("BlockingIOError: [Errno 11] Die Ressource ist zur Zeit nicht verfügbar", "EXP3109")]
    public void The_systems_words_may_be_the_users_language(string exception, string code) =>
        Assert.Equal(code, Diagnose(Failed("Traceback (most recent call last):\n" + exception))[0].Code);

    [Fact]
    public void An_exception_that_the_script_prints_in_no_known_way_is_known_from_the_probe() =>
        Assert.Equal("EXP3118", Diagnose(Failed("│ the log of some framework │") with { Record = Good with { Exception = new ScriptException("builtins.RuntimeError", "Trying to resize storage that is not resizable") } })[0].Code);

    [Fact]
    public void An_output_of_the_scripts_own_option_is_given_a_folder_of_the_trial()
    {
        var evidence = Failed("Traceback (most recent call last):\nFileExistsError: [Errno 17] File exists: 'runs/a/log'") with { Command = ["python3", "run.py", "--out", "runs/a"] };
        Assert.StartsWith("args: [--out, \"{trial_dir}/output\"]", Diagnose(evidence)[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_an_argument_takes_elsewhere_is_freed_of_the_argument()
    {
        var evidence = Failed("") with
        {
            ExitCode = 0, Wanted = new(8, true, null, null, null), ArgumentTemplates = ["--num_workers", "{num_workers}", "--train", "--name={batch_size}"], Loaders = "utils.py:30",
        };
        Assert.StartsWith("args: [--train, \"--name={batch_size}\"]   # without {num_workers}", Assert.Single(Diagnose(evidence)).Remedy, StringComparison.Ordinal);
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
        Assert.Equal(["EXP3151 matrix: {num_workers: [2, 4]}", "EXP3152 pin_memory=False"], TrialDiagnoser.Diagnose(evidence).Select(one => $"{one.Code} {one.Remedy}"));
        Assert.Equal(["EXP3152"], TrialDiagnoser.Diagnose(evidence with { SweepsNumWorkers = true }).Select(one => one.Code)); // the advice says which number is best
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
