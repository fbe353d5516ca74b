using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Sweeps;

/// <summary>What a trial reads and writes is counted whoever of its tree does it.</summary>
[Collection(nameof(Alone))]
public class IoOfTrialsTests
{
    private const string Write = "dd if=/dev/zero of=data bs=1M count=20 2>/dev/null";
    private const string Read = "dd if=data of=/dev/null bs=1M 2>/dev/null";

    [LinuxTheory]
    [InlineData("best", $"{Write}; {Read}")]
    [InlineData("best", $"sh -c '{Write}; {Read}; true'; true")]
    [InlineData("proc", $"sh -c '{Write}; {Read}; true'; true")]
    [InlineData("best", $"(setsid sh -c '{Write}; {Read}; : > done' &); while [ ! -e done ]; do :; done")] // an orphan: the engine inherits it
    public async Task Bytes_count_once(string memory, string script)
    {
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync($"{SweepTest.Step} cd '{sweep.Folder}'; {script}", memory: memory);

        Assert.InRange(result.Metric(MetricKeys.IoReadMegabytes)!.Value, 40, 42); // 20 of zeros, 20 of data; programs and libraries besides
        Assert.InRange(result.Metric(MetricKeys.IoWrittenMegabytes)!.Value, 40, 42);
        Assert.InRange(result.Metric(MetricKeys.DiskWrittenMegabytes)!.Value, 0, 22); // nothing where the folder lies in memory
    }
}
