using System.Text.Json;

namespace Experiments.PyTorch.Record;

/// <summary>Collects events into a record.</summary>
internal sealed class ProbeRecordBuilder
{
    /// <summary>Records of a kind that are kept: a script that opens a loader a step has the same story to tell each time.</summary>
    private const int MostRecords = 10_000;

    private readonly List<LoaderRecord> _loaders = [];
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<ProcessSample> _processes = [];
    private readonly List<SampleGuess> _guesses = [];
    private readonly HashSet<int> _training = [];
    private ProbeRecord _guessed = new();
    private ProbeRecord _record = new();
    private double? _start;

    public void Add(JsonElement line)
    {
        if (line.Text("type") == "step")
            _record = WithStep(_record, line);
        else if (line.Text("type") == "batch")
            _guessed = WithStep(_guessed, line);
        else if (line.Text("type") == "phase")
            AddPhase(line);
    }

    public void CountUnreadable() => _record = _record with { UnreadableLines = _record.UnreadableLines + 1 };

    public ProbeRecord Build()
    {
        var isGuessed = !_record.SawTraining && _record.Steps == 0 && _guessed.Steps > 0;
        return (isGuessed ? WithFigures(_record, _guessed) : _record) with
        {
            StepsAreGuessed = isGuessed,
            Loaders = _training.Count == 0 ? _loaders : [.. _loaders.Select(loader => loader with { Trains = _training.Contains(loader.Number) })],
            Epochs = _epochs,
            Processes = _processes,
            SampleGuesses = _guesses,
        };
    }

    private static ProbeRecord WithStep(ProbeRecord record, JsonElement line) => record with
    {
        Steps = record.Steps + 1,
        Samples = record.Samples + (line.Integer("samples") ?? 0),
        WaitSeconds = record.WaitSeconds + (line.Number("wait_s") ?? 0),
        WaitingSince = line.Number("t"),
        StepSeconds = record.StepSeconds + (line.Number("step_s") ?? 0),
        StepsFromMemory = record.StepsFromMemory + (line.Boolean("memory") is true ? 1 : 0),
    };

    private void BeginAnew()
    {
        _training.Clear();
        _record = _record with { Steps = 0, Samples = 0, WaitSeconds = 0, StepSeconds = 0, StepsFromMemory = 0 };
    }

    private static ProbeRecord WithFigures(ProbeRecord record, ProbeRecord figures) => record with
    {
        Steps = figures.Steps,
        Samples = figures.Samples,
        WaitSeconds = figures.WaitSeconds,
        WaitingSince = figures.WaitingSince,
        StepSeconds = figures.StepSeconds,
    };

    private void AddPhase(JsonElement line)
    {
        switch (line.Text("name"))
        {
            case "start":
                _start ??= line.Number("t");
                _record = _record with { Started = true, PythonVersion = _record.PythonVersion ?? line.Text("python") };
                break;
            case "attached":
                _record = _record with { Attached = true, TorchVersion = line.Text("torch"), CudaBuild = line.Text("cuda") };
                break;
            case "first_batch":
                _record = _record with { FirstBatchSeconds = _record.FirstBatchSeconds ?? line.Number("t") - _start };
                break;
            case "loader" when _loaders.Count < MostRecords:
                _loaders.Add(ReadLoader(line));
                break;
            case "epoch":
                if (_epochs.Count < MostRecords)
                    _epochs.Add(ReadEpoch(line));
                _record = _record with { WaitingSince = null };
                _guessed = _guessed with { WaitingSince = null };
                break;
            case "evidence":
                _record = _record with { SawTraining = true, SawOptimizer = _record.SawOptimizer || line.Text("by") == "optimizer" };
                if (line.Boolean("anew") is true)
                    BeginAnew();
                break;
            case "trains":
                _training.Add((int)(line.Integer("loader") ?? -1));
                _record = _record with { IsFedByThread = _record.IsFedByThread || line.Text("by") == "fed" };
                break;
            case "besides":
                _record = _record with { ProcessesBesides = _record.ProcessesBesides + 1 };
                break;
            case "samples":
                _guesses.Add(new SampleGuess((int)(line.Integer("loader") ?? -1), line.Integer("samples"), line.Text("how") ?? ""));
                break;
            case "processes" when _processes.Count < MostRecords:
                _processes.Add(ReadProcesses(line));
                break;
            case "exception":
                _record = _record with { Exception = ReadException(line) };
                break;
            case "end":
                _guessed = _guessed with { WaitingSince = null };
                _record = _record with { Ended = true, WaitingSince = null, StoppedAfterSteps = _record.StoppedAfterSteps || line.Text("reason") == "after_steps" };
                break;
        }
    }

    private static ScriptException ReadException(JsonElement line) => new(line.Text("exception") ?? "", line.Text("message") ?? "")
    {
        Calls = [.. line.Items("calls").Select(call => call.ToString())],
    };

    private static LoaderRecord ReadLoader(JsonElement line) => new()
    {
        Number = (int)(line.Integer("loader") ?? -1),
        Trains = line.Text("role") == "train",
        Site = line.Text("at") ?? "",
        Asked = ReadSettings(line.Member("asked")),
        Used = ReadSettings(line.Member("used")),
        Notes = [.. line.Items("notes").Select(note => note.ToString())],
    };

    private static LoaderSettings ReadSettings(JsonElement settings) => new(
        (int?)settings.Integer("num_workers"),
        settings.Boolean("pin_memory"),
        (int?)settings.Integer("prefetch_factor"),
        settings.Boolean("persistent_workers"),
        (int?)settings.Integer("batch_size"));

    private static EpochRecord ReadEpoch(JsonElement line) => new()
    {
        Loader = (int)(line.Integer("loader") ?? -1),
        Reason = line.Text("reason") ?? "",
        Batches = (int)(line.Integer("batches") ?? 0),
        Samples = line.Integer("samples") ?? 0,
        WaitSeconds = line.Number("wait_s") ?? 0,
        StartSeconds = line.Number("start_s") ?? 0,
        WallSeconds = line.Number("wall_s") ?? 0,
    };

    private static ProcessSample ReadProcesses(JsonElement line) => new()
    {
        Time = line.Number("t") ?? 0,
        Step = (int)(line.Integer("step") ?? 0),
        Workers = [.. line.Items("workers").Select(worker => worker.GetInt32())],
        WorkerPrivateBytes = ReadBytes(line, "worker_private_bytes"),
        WorkerCopiedBytes = ReadBytes(line, "worker_copied_bytes"),
        MinorFaults = line.Integer("minor_faults") ?? 0,
        UserSeconds = line.Number("user_s") ?? 0,
        SystemSeconds = line.Number("system_s") ?? 0,
    };

    private static IReadOnlyList<long?> ReadBytes(JsonElement line, string name) =>
        [.. line.Items(name).Select(bytes => bytes.ValueKind == JsonValueKind.Number ? bytes.GetInt64() : (long?)null)];
}
