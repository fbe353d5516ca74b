namespace Experiments.Bench.MlflowView;

/// <summary>A small sweep whose throughput follows from its axes: faster with more workers, and a little with pinned memory.</summary>
internal static class SampleSweep
{
    public const string Name = "view";

    public const int Trials = 18;

    private const string Definition = """
        name: view
        train:
          command: [sh, train.sh]
          batch_size: 64
          warmup_steps: 3
          steps: 30
        matrix:
          num_workers: [0, 1, 4]
          pin_memory: [false, true]
        repeats: 3
        mlflow: {tracking_uri: "ADDRESS"}
        """;

    private const string Training = """
        w=$EXPERIMENTS_AXIS_NUM_WORKERS
        [ "$EXPERIMENTS_AXIS_PIN_MEMORY" = true ] && p=3 || p=0
        for step in $(seq 1 33); do
          echo "{\"type\":\"step\",\"step\":$step,\"samples\":64,\"wait_s\":0.$(printf %02d $((40 - 8 * w))),\"step_s\":0.$(printf %02d $((80 - 8 * w - p)))}" >> "$EXPERIMENTS_EVENTS"
        done
        sleep 1
        """;

    /// <summary>Runs it and says the lines that the tool printed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string folder, string address)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "view.yaml"), Definition.Replace("ADDRESS", address, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "train.sh"), Training);
        var tool = Path.Combine(AppContext.BaseDirectory, "..", "..", "Experiments.Tool", "release", "Experiments.Tool.dll");
        return await Command.RunAsync("dotnet", ["exec", Path.GetFullPath(tool), "run", "view.yaml"], folder);
    }
}
