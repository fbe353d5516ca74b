using System.Text.Json;

namespace Experiments.PyTorch.Record;

/// <summary>Collects events into a record.</summary>
internal sealed class ProbeRecordBuilder
{
    private readonly List<LoaderRecord> _loaders = [];
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<ProcessSample> _processes = [];
    private ProbeRecord _record = new();
    private double? _start;

    public void Add(JsonElement line)
    {
        if (line.Text("type") == "step")
            AddStep(line);
        else if (line.Text("type") == "phase")
            AddPhase(line);
    }

    public void CountUnreadable() => _record = _record with { UnreadableLines = _record.UnreadableLines + 1 };

    public ProbeRecord Build() => _record with { Loaders = _loaders, Epochs = _epochs, Processes = _processes };

    private void AddStep(JsonElement line) => _record = _record with
    {
        Steps = _record.Steps + 1,
        Samples = _record.Samples + (line.Integer("samples") ?? 0),
        WaitSeconds = _record.WaitSeconds + (line.Number("wait_s") ?? 0),
        WaitingSince = line.Number("t"),
        StepSeconds = _record.StepSeconds + (line.Number("step_s") ?? 0),
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
            case "loader":
                _loaders.Add(ReadLoader(line));
                break;
            case "epoch":
                _epochs.Add(ReadEpoch(line));
                _record = _record with { WaitingSince = null };
                break;
            case "processes":
                _processes.Add(ReadProcesses(line));
                break;
            case "exception":
                _record = _record with { Exception = ReadException(line) };
                break;
            case "end":
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
