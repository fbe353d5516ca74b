using System.Text.Json;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Core.Tests.Results;

public class SweepReportJsonTests
{
    [Fact]
    public void A_trial_result_reads_back_as_written()
    {
        var result = new TrialResult
        {
            TrialId = "0a1b2c3d4e5f-1",
            Configuration = new Configuration
            {
                Id = "0a1b2c3d4e5f",
                Values = new Dictionary<string, AxisValue>
                {
                    ["dataset"] = AxisValue.Of("MELD-DA"), ["num_workers"] = AxisValue.Of(4), ["pin_memory"] = AxisValue.Of(true), ["lr"] = AxisValue.Of(0.001),
                },
            },
            Repeat = 1,
            Status = TrialStatus.NotMeasured,
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationSeconds = 1.5,
            Metrics = new Dictionary<string, double> { [MetricKeys.SamplesPerSecond] = 12.5, ["train/loss"] = double.NaN },
        };

        var line = JsonSerializer.Serialize(result, ExperimentsJson.Compact.TrialResult);
        var back = JsonSerializer.Deserialize(line, ExperimentsJson.Compact.TrialResult)!;

        Assert.DoesNotContain('\n', line);
        Assert.Contains("\"status\":\"notMeasured\"", line, StringComparison.Ordinal);
        Assert.Contains("\"num_workers\":4,\"pin_memory\":true,\"lr\":0.001", line, StringComparison.Ordinal);
        Assert.Equal(line, JsonSerializer.Serialize(back, ExperimentsJson.Compact.TrialResult));
        Assert.Equal("dataset=MELD-DA num_workers=4 pin_memory=true lr=0.001", back.Configuration.Name);
    }
}
