using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>A megabyte a step leaks in one DataLoader worker.</summary>
[Trait("Needs", "pytorch")]
public sealed class LeakTests : IDisposable
{
    private const string Script = """
        import time
        import torch
        from torch.utils.data import DataLoader, Dataset, get_worker_info

        held = []

        class Leaking(Dataset):
            def __len__(self):
                return 4000

            def __getitem__(self, index):
                if get_worker_info().id == 1 and index % 4 == 0:
                    held.append(bytearray(b"x" * (2 << 20)))  # of every second batch, so one MiB a step
                return torch.zeros(8)

        weight = torch.zeros(1, requires_grad=True)
        for batch in DataLoader(Leaking(), batch_size=4, num_workers=2):
            (weight * batch).sum().backward()
            time.sleep(0.05)
        """;

    private const string Definition = """
        name: leak
        train: {pytorch: train.py, python: PYTHON, batch_size: 4, warmup_steps: 5, steps: 120}
        matrix:
          num_workers: [2]
        limits: {timeout: 2m}
        gates:
          memory_growth: {max: 0.5MiB/step}
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_leak_is_found_and_the_worker_named()
    {
        TorchPython.Require();
        _workspace.Write("train.py", Script);
        _workspace.Write("leak.yaml", Definition.Replace("PYTHON", TorchPython.Program, StringComparison.Ordinal));

        var run = await _workspace.RunAsync("run", "leak.yaml");

        Assert.True(run.ExitCode == ExitCodes.GateFailed, run.ToString());
        Assert.Matches(@"leak\.yaml\(7,\d+\): error EXP2\d+: memory grows by (0\.9\d|1\.[01]\d?) MiB a step .*; it is worker 1 \(.*, process \d+\) that grows, by (0\.9\d|1\.[01]\d?) MiB a step", run.Output);
    }
}
