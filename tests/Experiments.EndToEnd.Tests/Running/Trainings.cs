namespace Experiments.EndToEnd.Tests.Running;

/// <summary>Small trainings as shell scripts that follow the run contract.</summary>
internal static class Trainings
{
    /// <summary>Reports its steps, 64 samples and 10 ms each, without spending that time.</summary>
    public const string Good = """
        i=1
        while [ $i -le $((EXPERIMENTS_WARMUP_STEPS + EXPERIMENTS_STEPS)) ]; do
          echo "{\"type\":\"step\",\"step\":$i,\"samples\":64,\"wait_s\":0.001,\"step_s\":0.0100$i}" >> "$EXPERIMENTS_EVENTS"
          i=$((i + 1))
        done
        """;

    /// <summary>A definition over a shell script <c>train.sh</c>, two worker counts, two repeats.</summary>
    public const string Definition = """
        name: small
        train:
          command: [sh, train.sh]
          steps: 8
          warmup_steps: 2
        matrix:
          num_workers: [0, 2]
          pin_memory: [false]
        repeats: 2
        limits: {timeout: 20s}
        gates:
          peak_memory: {max: 1GiB}
          throughput: {max_regression: 5%}
        """;
}
