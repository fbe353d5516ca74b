using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes.Tests.Native;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Telemetry.Gpu;

public class NvmlTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void A_missing_library_and_a_missing_driver_are_reasons_and_no_exceptions()
    {
        using var folder = new TestFolder();

        Assert.Null(Nvml.TryOpen(["libno-such-library.so.1"], out var missing));
        Assert.Null(Nvml.TryOpen([NativeProgram.Nvml(folder.File("state"))], out var notLoaded));

        Assert.Equal("no NVIDIA driver is installed", missing);
        Assert.Equal("the NVIDIA driver is not loaded", notLoaded);
    }

    [LinuxFact]
    public void Devices_are_read_by_the_library()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("state"), "50 1024 17 900\n99 2048 0 0\n");
        using var nvml = Nvml.TryOpen([NativeProgram.Nvml(folder.File("state"))], out _)!;

        var readings = nvml.Devices.Select(nvml.Read).ToList();

        Assert.Equal(["GPU-fake-0", "GPU-fake-1"], nvml.Devices.Select(device => device.Uuid));
        Assert.Equal((1024 * Mebibyte, 50, 210.0, 65, false), Of(readings[0]));
        Assert.Equal((2048 * Mebibyte, 99, 357.0, 89, true), Of(readings[1]));
        Assert.Equal(900 * Mebibyte, readings[0].Processes[17]);
        Assert.Empty(readings[1].Processes);
    }

    [LinuxFact]
    public void A_trials_memory_is_that_of_its_processes_on_its_devices()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("state"), "0 500 0 0\n0 9000 99 8500\n");
        using var nvml = Nvml.TryOpen([NativeProgram.Nvml(folder.File("state"))], out _)!;
        var monitor = new GpuMonitor(nvml, "0");
        File.WriteAllText(folder.File("state"), "80 3500 17 2900\n0 9000 99 8500\n");
        monitor.Sample([17, 18]);
        File.WriteAllText(folder.File("state"), "60 1500 17 900\n0 9000 99 8500\n");
        monitor.Sample([17, 18]);

        var outcome = monitor.Outcome()!;

        Assert.Equal((2900 * Mebibyte, null, 0), (outcome.PeakBytes, outcome.Reason, outcome.OtherProcesses));
        Assert.Equal((70.0, 270.0, 80, 0.0), (outcome.UtilizationPercent, outcome.PowerWatts, outcome.HottestCelsius, outcome.ThrottledShare));
        Assert.Null(new GpuMonitor(nvml, "").Outcome());
    }

    [Fact]
    public void Where_processes_are_hidden_memory_is_the_growth_of_the_device_and_others_are_told()
    {
        var watch = new GpuWatch();
        watch.Start(Reading(1000, (4711, null)));
        watch.Add(Reading(3000, (4711, null), (17, null)), [17]);
        watch.Add(Reading(1200, (4711, null)), [17]);

        var outcome = watch.Outcome();

        Assert.Equal((2000L, 1), (outcome.PeakBytes, outcome.OtherProcesses));
        Assert.Contains("growth since the trial's start", outcome.Reason, StringComparison.Ordinal);
        Assert.Null(outcome.UtilizationPercent);
    }

    [Theory]
    [InlineData(null, "0,1,2")]
    [InlineData("", "")]
    [InlineData("2,0", "2,0")]
    [InlineData("GPU-bb", "1")]
    [InlineData("1,7,0", "1")]
    public void Devices_are_chosen_as_cuda_chooses_them(string? visible, string expected)
    {
        GpuDevice[] devices = [new(0, "GPU-aa11", 1), new(1, "GPU-bb22", 2), new(2, "GPU-cc33", 3)];

        Assert.Equal(expected, string.Join(',', GpuDevice.Visible(devices, visible).Select(device => device.Index)));
    }

    private static Dictionary<int, GpuReading> Reading(long used, params (int Id, long? Bytes)[] processes) =>
        new() { [0] = new GpuReading { UsedBytes = used, Processes = processes.ToDictionary(process => process.Id, process => process.Bytes) } };

    private static (long?, int?, double?, int?, bool?) Of(GpuReading reading) =>
        (reading.UsedBytes, reading.UtilizationPercent, reading.PowerWatts, reading.TemperatureCelsius, reading.IsThrottled);
}
