"""The least that trains: `learn(value)` makes a backward pass and a step of its optimizer, and remembers what the script itself counts."""
import atexit
import os

import torch

_weight = torch.nn.Parameter(torch.ones(1))
_optimizer = torch.optim.SGD([_weight], lr=1e-9)
_pid = os.getpid()
steps = samples = 0


def learn(count, passes=1):
    """One step of so many samples."""
    global steps, samples
    for _ in range(passes):
        (_weight * count).sum().backward()
    _optimizer.step()
    _optimizer.zero_grad()
    steps, samples = steps + 1, samples + count


@atexit.register
def tell():
    if os.getpid() == _pid:
        print("counted", steps, samples, flush=True)
