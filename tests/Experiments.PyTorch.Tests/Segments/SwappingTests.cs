using System.Text;
using Experiments.Core.Events;
using Experiments.Core.Tuning;
using Experiments.PyTorch.Segments;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Segments;

/// <summary>A training whose loader is swapped while it runs sees the same samples in the same order, and ends with the same losses and random numbers.</summary>
[Trait("Needs", "pytorch")]
public sealed class SwappingTests
{
    private static readonly SegmentLength Short = new(3, 0.01);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_sample_comes_once_and_in_its_order(int seed)
    {
        var run = new ScriptRun { Script = "random_loader.py", Arguments = [$"{seed}", "2"], PythonOptions = ["-W", "ignore"] };
        var bare = await ScriptRunner.RunAsync(run with { WithProbe = false });
        var (swapped, segments, loader) = await SwapAsync(run, new Random(seed));

        Assert.Equal(Encoding.UTF8.GetString(bare.Output), Encoding.UTF8.GetString(swapped.Output));
        Assert.Equal((bare.ExitCode, ""), (swapped.ExitCode, swapped.Error));
        Assert.True(loader is { CanSwap: true, IsBoundToEpochs: false }, loader?.Reason);
        Assert.True(segments.Count(segment => segment.Error is null) >= 5, $"{segments.Count} segments");
        Assert.All(segments, segment => Assert.True(segment is { Steps: >= 3, Samples: > 0, Seconds: > 0 }, segment.ToString()));
    }

    [Fact]
    public async Task An_iterable_dataset_is_swapped_between_epochs_and_never_raised()
    {
        var run = new ScriptRun { Script = "loops_over_iterable.py", PythonOptions = ["-W", "ignore"] };
        var bare = await ScriptRunner.RunAsync(run with { WithProbe = false });
        var (swapped, segments, loader) = await SwapAsync(run, new Random(1));
        Assert.Equal(Encoding.UTF8.GetString(bare.Output), Encoding.UTF8.GetString(swapped.Output));
        Assert.True(loader is { CanSwap: true, IsBoundToEpochs: true, IsIterable: true });
        Assert.Contains(segments, segment => segment.Error is null && segment.Samples % 400 == 0);
        Assert.All(segments.Where(segment => segment.Setting!.NumWorkers > 1), segment => Assert.Contains("not raised", segment.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ceiling_costs_no_wait_and_the_script_ends_in_order()
    {
        var run = new ScriptRun { Script = "random_loader.py", Arguments = ["4", "100000"], PythonOptions = ["-W", "ignore"] };
        var (result, segments, _) = await SwapAsync(run, new Random(1), most: 3, ceiling: true);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, segments[^1].WaitSeconds);
        Assert.Null(segments[^1].Setting);
    }

    /// <summary>Runs a script and turns its loader to a random setting whenever a segment has ended.</summary>
    private static async Task<(ScriptResult Result, List<SegmentResult> Segments, SwappableLoader? Loader)> SwapAsync(ScriptRun run, Random random, int most = int.MaxValue, bool ceiling = false)
    {
        var folder = TestFolders.Create();
        var events = Path.Combine(folder, "events.jsonl");
        using var control = new ControlFile(Path.Combine(folder, "control"));
        using var ended = new CancellationTokenSource();
        var (segments, loader) = (new List<SegmentResult>(), (SwappableLoader?)null);
        var steering = SteerAsync();
        var result = await ScriptRunner.RunAsync(run with
        {
            EventsFile = events, Steps = (0, int.MaxValue), Settings = run.Settings with { StopAfterSteps = true },
            Environment = new Dictionary<string, string> { [ControlFile.Variable] = control.Path },
        });
        await ended.CancelAsync();
        await steering;
        return (result, segments, loader);

        async Task SteerAsync()
        {
            SegmentResult? asked = null;
            for (var read = 0; !ended.IsCancellationRequested; await Task.Delay(5))
            {
                var lines = File.Exists(events) ? await ReadAsync(events) : [];
                foreach (var one in lines.Skip(read).Select(line => TrialEventJson.Read(Encoding.UTF8.GetBytes(line))).OfType<TrialEvent>())
                {
                    var isFirst = SegmentEvents.TryReadLoader(one) is { } told && (loader = told) is not null;
                    var segment = asked is null ? null : SegmentEvents.TryReadSegment(one, control.Number, asked);
                    if (segment is not null)
                        segments.Add(segment);
                    if (isFirst || segment is not null)
                        asked = Next();
                }

                read = lines.Length;
            }
        }

        SegmentResult? Next()
        {
            if (segments.Count >= most && ceiling && segments.All(segment => segment.Setting is not null))
            {
                control.MeasureCeiling(Short);
                return new SegmentResult { Setting = null, Block = 0 };
            }

            if (segments.Count >= most)
            {
                control.Stop();
                return null;
            }

            var setting = new LoaderSetting(random.Next(4), random.Next(1, 4), random.Next(2) == 0);
            control.Measure(setting, Short, atOnce: random.Next(4) == 0);
            return new SegmentResult { Setting = setting, Block = 0 };
        }
    }

    /// <summary>The whole lines so far.</summary>
    private static async Task<string[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
