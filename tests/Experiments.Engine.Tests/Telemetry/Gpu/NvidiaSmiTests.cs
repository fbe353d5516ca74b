using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Telemetry.Gpu;

public class NvidiaSmiTests
{
    private const long Mebibyte = 1024 * 1024;

    [LinuxFact]
    public async Task Where_the_library_is_missing_the_program_is_asked()
    {
        using var folder = new TestFolder();
        var program = Fake(folder);
        File.WriteAllText(folder.File("gpus"), "0, GPU-aa11, 500, 0, 60.12, 41\n1, GPU-bb22, 9000, 99, [N/A], 80\n");
        File.WriteAllText(folder.File("apps"), "GPU-bb22, 99, 8500\n");
        using var reader = GpuReaders.TryOpen(["libno-such-library.so.1"], program, out var reason)!;
        var monitor = new GpuMonitor(reader, "0");
        File.WriteAllText(folder.File("apps"), "GPU-aa11, 17, 2900\nGPU-bb22, 99, 8500\n");
        File.WriteAllText(folder.File("gpus"), "0, GPU-aa11, 3500, 80, 250.00, 70\n1, GPU-bb22, 9000, 99, [N/A], 80\n");
        await ProcessRun.UntilAsync(() =>
        {
            monitor.Sample([17]);
            return monitor.HeldBytes == 2900 * Mebibyte && monitor.Outcome()!.HottestCelsius == 70; // the two queries come one after the other
        });

        var outcome = monitor.Outcome()!;

        Assert.Equal(("nvidia-smi", "NVML: no NVIDIA driver is installed"), (reader.Method, reason));
        Assert.Equal((2900 * Mebibyte, null, 0, 70), (outcome.PeakBytes, outcome.Reason, outcome.OtherProcesses, outcome.HottestCelsius));
        Assert.Null(outcome.ThrottledShare);
    }

    [Fact]
    public void No_program_and_a_program_that_fails_are_no_gpu()
    {
        Assert.Null(GpuReaders.TryOpen(["libno-such-library.so.1"], "no-such-nvidia-smi", out var reason));
        Assert.Equal("no NVIDIA driver is installed", reason);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs false");
        Assert.Null(GpuReaders.TryOpen(["libno-such-library.so.1"], "/bin/false", out _));
    }

    [LinuxFact]
    public async Task A_program_that_leaves_a_child_with_its_output_is_waited_for_no_longer_than_one_that_hangs()
    {
        using var folder = new TestFolder();
        var program = Fake(folder);
        File.WriteAllText(program, "#!/bin/sh\nsleep 120 &\n");

        Assert.Null(await Task.Run(() => NvidiaSmi.TryOpen(program), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_the_driver_does_not_tell_is_null()
    {
        var (devices, readings) = NvidiaSmi.Parse("0, GPU-aa11, [N/A], [Not Supported], [N/A], 41\nNo devices were found\n", "GPU-aa11, 17, [N/A]\n");

        Assert.Equal("GPU-aa11", Assert.Single(devices).Uuid);
        Assert.Equal((null, null, null, 41), (readings[0].UsedBytes, readings[0].UtilizationPercent, readings[0].PowerWatts, readings[0].TemperatureCelsius));
        Assert.Null(readings[0].Processes[17]);
    }

    [Fact]
    public void Another_process_that_comes_while_the_trial_runs_is_told()
    {
        var watch = new GpuWatch();
        watch.Start(Reading());
        watch.Add(Reading((17, 100)), [17]);
        watch.Add(Reading((17, 100), (18, 10)), [17]); // perhaps a child that the tree does not know yet
        Assert.Equal(0, watch.Outcome().OtherProcesses);
        watch.Add(Reading((17, 100), (18, 10)), [17]);

        Assert.Equal(1, watch.Outcome().OtherProcesses);
    }

    private static Dictionary<int, GpuReading> Reading(params (int Id, long? Bytes)[] processes) =>
        new() { [0] = new GpuReading { UsedBytes = 1000, Processes = processes.ToDictionary(process => process.Id, process => process.Bytes) } };

    private static string Fake(TestFolder folder)
    {
        var program = folder.File("nvidia-smi");
        File.WriteAllText(program, $"#!/bin/sh\ncase \"$1\" in --query-gpu=*) cat {folder.File("gpus")} ;; *) cat {folder.File("apps")} ;; esac\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }
}
