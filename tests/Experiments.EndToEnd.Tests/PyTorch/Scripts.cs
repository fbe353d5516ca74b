namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>PyTorch scripts that know nothing of a sweep.</summary>
internal static class Scripts
{
    /// <summary>Its loader's settings are hard-coded, and it would train for hours.</summary>
    public const string HardCoded = """
        import torch
        from torch.utils.data import DataLoader, TensorDataset

        loader = DataLoader(TensorDataset(torch.arange(400.0)), batch_size=4, shuffle=True, num_workers=3, pin_memory=True)
        weight = torch.zeros(1, requires_grad=True)
        for epoch in range(100000):
            for batch, in loader:
                (weight * batch).sum().backward()
        """;

    /// <summary>Its workers load four batches of 16 MiB each ahead of a slow consumer.</summary>
    public const string Prefetching = """
        import multiprocessing
        import time
        import torch
        from torch.utils.data import DataLoader, Dataset

        made = multiprocessing.Value("i")

        class Large(Dataset):
            def __len__(self):
                return 1000

            def __getitem__(self, index):
                sample = torch.ones(4 << 20)
                with made.get_lock():
                    made.value += 1
                return sample

        weight = torch.zeros(1, requires_grad=True)
        for taken, batch in enumerate(DataLoader(Large(), batch_size=1, num_workers=2, prefetch_factor=4), 1):
            (weight * batch[0, 0]).sum().backward()
            while made.value < min(taken + 8, 1000):  # however slow the machine: all that may be prefetched
                time.sleep(0.01)
            time.sleep(0.15)
        """;

    /// <summary>Fails in the way that its argument names.</summary>
    public const string Failing = """
        import os
        import signal
        import sys

        import torch
        from torch.utils.data import DataLoader, TensorDataset

        class Deadly(TensorDataset):
            def __getitem__(self, index):
                if index == 20:
                    os.kill(os.getpid(), signal.SIGKILL)
                return super().__getitem__(index)

        if sys.argv[1] == "import":
            import a_module_that_nobody_has
        if sys.argv[1] == "file":
            open("/nowhere/meld-da/video.pkl")
        for batch in DataLoader(Deadly(torch.arange(400.0)), batch_size=4, num_workers=1):
            pass
        """;

    /// <summary>Its loader's worker waits for ever in the third batch.</summary>
    public const string Hanging = """
        import threading

        import torch
        from torch.utils.data import DataLoader, TensorDataset

        class Stuck(TensorDataset):
            def __getitem__(self, index):
                if index == 8:
                    threading.Event().wait()
                return super().__getitem__(index)

        weight = torch.zeros(1, requires_grad=True)
        for batch, in DataLoader(Stuck(torch.arange(400.0)), batch_size=4, num_workers=1):
            (weight * batch).sum().backward()
        """;

    /// <summary>Trains a line by gradients that all ranks share; the rank named by the argument, if any, fails.</summary>
    public const string Distributed = """
        import sys

        import torch
        import torch.distributed as distributed
        from torch.nn.parallel import DistributedDataParallel
        from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

        distributed.init_process_group("gloo")
        data = TensorDataset(torch.arange(400.0).reshape(-1, 1))
        model = DistributedDataParallel(torch.nn.Linear(1, 1))
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
        if len(sys.argv) > 1 and distributed.get_rank() == int(sys.argv[1]):
            raise ValueError("a rank that fails")
        for epoch in range(100000):
            for batch, in DataLoader(data, batch_size=4, sampler=DistributedSampler(data)):
                optimizer.zero_grad()
                model(batch).square().mean().backward()
                optimizer.step()
        """;

    /// <summary>A definition over <c>train.py</c>.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="matrix">The axes, each a line.</param>
    /// <param name="args">The script's arguments.</param>
    public static string Definition(string python, string matrix, string args = "[]") => $$"""
        name: torch
        train:
          pytorch: train.py
          python: {{python}}
          args: {{args}}
          warmup_steps: 2
          steps: 8
        matrix:
          {{matrix}}
        limits: {timeout: 2m}
        """;
}
