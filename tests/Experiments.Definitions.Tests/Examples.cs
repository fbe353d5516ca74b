namespace Experiments.Definitions.Tests;

/// <summary>Definitions that several tests start from.</summary>
internal static class Examples
{
    /// <summary>The example that the documentation gives.</summary>
    public const string TorchSharp =
        """
        name: meld-da
        train:
          torchsharp: utterance-fusion
          batch_size: 32
          warmup_steps: 3
          steps: 40
          device: cpu
        datasets:
          MELD-DA: {path: data/meld-da}
          MIntRec: {synthetic: mintrec, samples: 100}
        matrix:
          dataset: [MELD-DA, MIntRec]
          num_workers: [0, 1, 2, 4]
          pin_memory: [false, true]
          exclude: [{dataset: MIntRec, num_workers: 4}]
        repeats: 3
        limits: {memory: 12GiB, timeout: 15m}
        gates:
          peak_memory: {max: 8GiB, max_increase: 10%}
          memory_growth: {max: 1MiB/step}
          throughput: {max_regression: 5%}
        mlflow: {experiment: data-loading/meld-da}

        """;

    public const string PyTorch =
        """
        name: meld-da-pytorch
        train:
          pytorch: run.py
          args: [--dataset, "{dataset}", --num_workers, "{num_workers}", --lr, 1e-5, --train]
          python: python3.11
          env: {OMP_NUM_THREADS: 1, DATA: "/data/{dataset}"}
          working_directory: data
          probe: {loaders: all, stop: at_end}
        matrix:
          dataset: [MELD-DA]
          num_workers: [0, 4]
          env.GLIBC_TUNABLES: ["", glibc.malloc.hugetlb=1]
          env.VERSION: [1.10]
        seed: 7
        limits: {memory: 80%}
        mlflow: {tracking_uri: "http://localhost:5000"}

        """;

    public const string Command =
        """
        name: command
        train:
          command: [./train.sh, "{num_workers}"]
          metrics: {samples_per_second: 'throughput: ([0-9.]+)'}
        matrix: {num_workers: [0]}

        """;
}
