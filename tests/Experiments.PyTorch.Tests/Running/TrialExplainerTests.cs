using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Trainers;
using Experiments.Processes;
using Experiments.PyTorch.Running;

namespace Experiments.PyTorch.Tests.Running;

public sealed class TrialExplainerTests : IDisposable
{
    private const string Start = """{"schemaVersion":1,"type":"phase","name":"start","t":1000}""";
    private const string Epoch = """{"type":"phase","name":"epoch","loader":0,"reason":"end"}""";
    private const string Loader = """{"type":"phase","name":"loader","loader":0,"role":"train","used":{"num_workers":1}}""";
    private const string FirstBatch = """{"type":"phase","name":"first_batch","t":1001}""";
    private const string AStep = """{"type":"step","step":1,"samples":8,"wait_s":0.1,"step_s":0.5,"t":1002}""";
    private const string Interrupted = "Traceback (most recent call last):\nKeyboardInterrupt";
    private static readonly PyTorchTask Script = new() { Script = "run.py" };
    private readonly TrialFolder _folder = new(TestFolders.Create());

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void A_wait_in_the_middle_of_an_epoch_that_outlasts_a_quarter_of_the_time_is_a_hang() =>
        Assert.Equal(["EXP3112"], Explain(Script, TrialStatus.TimedOut, Interrupted, Start, Step(1, 1001), Step(2, 1002)));

    [Fact]
    public void A_slow_training_that_times_out_is_no_hang_and_its_last_words_are_no_cause()
    {
        Assert.Empty(Explain(Script, TrialStatus.TimedOut, Interrupted, Start, Step(1, 1001), Step(2, 1059)));
        Assert.Empty(Explain(Script, TrialStatus.TimedOut, Interrupted, Start, Step(1, 1001), Epoch));
        Assert.Empty(Explain(Script, TrialStatus.TimedOut, Interrupted, Start));
    }

    [Theory]
    [InlineData("EXP3112", Loader)]
    [InlineData("EXP3112", Loader, FirstBatch, AStep)]
    [InlineData("", Loader, FirstBatch, AStep, Epoch)]
    [InlineData("")]
    public void A_trial_that_told_nothing_for_too_long_hangs_in_its_loader_where_it_waits_for_one(string code, params string[] events) =>
        Assert.Equal(code.Length > 0 ? [code] : [], Explain(Script, TrialStatus.TimedOut, Interrupted, [Start, .. events], TimeSpan.FromSeconds(5)));

    [Fact]
    public void A_command_is_explained_by_what_it_printed_but_needs_no_probe()
    {
        var command = new CommandTask { Command = ["./train.sh"] };
        Assert.Equal(["EXP3104"], Explain(command, TrialStatus.Failed, "Traceback (most recent call last):\nMemoryError"));
        Assert.Empty(Explain(command, TrialStatus.NotMeasured, ""));
    }

    [Fact]
    public void A_script_without_a_record_is_not_attached() =>
        Assert.Equal(["EXP3101"], Explain(Script, TrialStatus.NotMeasured, ""));

    private static string Step(int step, double time) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"type":"step","step":{{step}},"samples":8,"wait_s":0.1,"step_s":0.5,"t":{{time}}}""");

    private List<string> Explain(TrainingTask task, TrialStatus status, string stderr, params string[] events) => Explain(task, status, stderr, events, null);

    private List<string> Explain(TrainingTask task, TrialStatus status, string stderr, string[] events, TimeSpan? stalledFor)
    {
        File.WriteAllLines(_folder.Events, events);
        File.WriteAllText(_folder.StandardError, stderr);
        return [.. new TrialExplainer(null).Explain(new EndedTrial
        {
            Definition = new ExperimentDefinition
            {
                Name = "x", File = "x.yaml", Train = task, Matrix = new MatrixDefinition { Axes = [] }, Limits = new Limits { Timeout = TimeSpan.FromMinutes(1) },
            },
            Trial = new PlannedTrial(new Configuration { Id = "1", Values = new Dictionary<string, AxisValue>() }, 1),
            Command = new TrialCommand { Program = "python3" },
            Folder = _folder,
            Status = status,
            StalledFor = stalledFor,
            End = new TreeEnd { Cause = EndCause.Exited, ExitCode = status == TrialStatus.NotMeasured ? 0 : 1, Duration = TimeSpan.FromMinutes(1) },
            EndedAt = DateTimeOffset.FromUnixTimeSeconds(1060),
            UsableCores = 2,
        }).Select(one => one.Code)];
    }
}
