using System.Text.Json;
using Experiments.Core.Events;
using Experiments.Training.Tests.Support;

namespace Experiments.Training.Tests.Hosting;

[Trait("Needs", "torchsharp")]
public sealed class TrainingHostTests(SmallDataset dataset)
{
    [Fact]
    public async Task A_training_learns_and_reports_every_step()
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Train(dataset.Path, "--num_workers", "2", "--warmup_steps", "2", "--steps", "30", "--set", "learning_rate=0.003");
        var (exitCode, output, errors) = await host.EndAsync();
        Assert.Equal((0, ""), (exitCode, errors));

        var events = host.Events;
        Assert.Equal(["start", "load", "first_batch", "evaluate", "end"], events.OfType<PhaseEvent>().Select(phase => phase.Name));
        var steps = events.OfType<StepEvent>().ToList();
        Assert.Equal(Enumerable.Range(1, 32), steps.Select(step => step.Step));
        Assert.Equal(112, steps.Take(7).Sum(step => step.Samples)); // an epoch
        Assert.All(steps, step => Assert.InRange(step.WaitSeconds, 0, step.StepSeconds));

        var losses = Losses(events);
        Assert.True(losses[^5..].Average() < losses[..5].Average() / 4, $"The loss went from {losses[0]} to {losses[^1]}.");
        using var summary = JsonDocument.Parse(host.Artifact("training.json"));
        var dev = summary.RootElement.GetProperty("dev");
        Assert.True(dev.GetProperty("accuracy").GetDouble() > dev.GetProperty("majorityShare").GetDouble() + 0.1, dev.ToString());
        Assert.Contains("dev accuracy", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_takes_the_record_and_not_the_training()
    {
        TrainingParts.TorchSharp();
        if (OperatingSystem.IsLinux())
            Assert.Equal(0, await HostProcess.TrainOnFullDiskAsync(dataset.Path, "--warmup_steps", "1", "--steps", "5"));
    }

    [Fact]
    public async Task With_a_measuring_time_it_trains_until_its_measured_steps_took_that_long()
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Measure(dataset.Path, "1.5", "--warmup_steps", "3", "--steps", "4", "--evaluate", "false");
        Assert.Equal(0, (await host.EndAsync()).ExitCode);

        var measured = host.Events.OfType<StepEvent>().Where(step => step.Step > 3).ToList();
        Assert.True(measured.Count >= 4 && measured.Sum(step => step.StepSeconds) >= 1.5, $"{measured.Count} steps");
        Assert.True(measured.Count == 4 || measured.SkipLast(1).Sum(step => step.StepSeconds) < 1.5, "it went on after that");
    }

    [Fact]
    public async Task The_losses_do_not_depend_on_the_workers()
    {
        TrainingParts.TorchSharp();
        var losses = new List<double[]>();
        foreach (var workers in new[] { "0", "1", "4" })
        {
            using var host = HostProcess.Train(dataset.Path, "--num_workers", workers, "--steps", "12", "--seed", "3", "--pin_memory", "true");
            Assert.Equal(0, (await host.EndAsync()).ExitCode);
            losses.Add(Losses(host.Events));
        }

        Assert.Equal(losses[0], losses[1]);
        Assert.Equal(losses[0], losses[2]);
    }

    [Fact]
    public async Task Another_seed_trains_another_way()
    {
        TrainingParts.TorchSharp();
        using var a = HostProcess.Train(dataset.Path, "--steps", "3", "--warmup_steps", "0", "--seed", "1", "--evaluate", "false");
        using var b = HostProcess.Train(dataset.Path, "--steps", "3", "--warmup_steps", "0", "--seed", "2", "--evaluate", "false");
        Assert.Equal((0, 0), ((await a.EndAsync()).ExitCode, (await b.EndAsync()).ExitCode));
        Assert.NotEqual(Losses(a.Events), Losses(b.Events));
        Assert.DoesNotContain(a.Events, each => each is PhaseEvent { Name: "evaluate" });
    }

    [Fact]
    public async Task A_task_of_ones_own_is_trained()
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Train(dataset.Path, "--task", "OwnTask.BagOfWords", "--assembly", Built.OwnTask, "--set", "learning_rate=0.03", "--set", "colour=blue");
        var (exitCode, output, errors) = await host.EndAsync();
        Assert.Equal((0, ""), (exitCode, errors));
        var losses = Losses(host.Events);
        Assert.True(losses[^1] < losses[0] / 10, $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.Contains("does not use the axis 'colour'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("'learning_rate'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_training_ends_after_its_step_and_says_so()
    {
        TrainingParts.TorchSharp();
        TrainingParts.Unix();
        using var host = HostProcess.Train(dataset.Path, "--num_workers", "2", "--steps", "1000000");
        while (!File.Exists(host.EventsFile) || !host.Events.Any(each => each is StepEvent))
            await Task.Delay(20, TestContext.Current.CancellationToken); // until a real process is at work
        Signals.Terminate(host.Id);

        Assert.Equal(130, (await host.EndAsync()).ExitCode);
        var end = Assert.IsType<PhaseEvent>(host.Events[^1]);
        Assert.Equal(("end", "true"), (end.Name, end.Details["cancelled"]));
        Assert.Equal(host.Events.OfType<StepEvent>().Count(), Losses(host.Events).Length);
        Assert.EndsWith("\n", File.ReadAllText(host.EventsFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_is_one_line_of_JSON()
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Start("info");
        var (exitCode, output, _) = await host.EndAsync();
        Assert.Equal(0, exitCode);
        using var info = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("0.107.0", info.RootElement.GetProperty("torchsharp").GetString());
        Assert.StartsWith("2.", info.RootElement.GetProperty("torch").GetString(), StringComparison.Ordinal);
        Assert.Equal(info.RootElement.GetProperty("cuda_available").GetBoolean(), info.RootElement.GetProperty("cuda_devices").GetArrayLength() > 0);
    }

    private static double[] Losses(IReadOnlyList<TrialEvent> events) =>
        [.. events.OfType<MetricEvent>().Where(metric => metric.Name == "train/loss").Select(metric => metric.Value)];
}
