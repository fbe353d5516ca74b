#: warns EXP3164
"""Processes share a model without torch.distributed, each with a loader of its own (hogwild)."""
import torch
from torch import multiprocessing
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows


def train(rank, model):
    import time
    optimizer, clock = torch.optim.SGD(model.parameters(), lr=0.01), Clock()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        time.sleep(0.01)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        clock.step(len(x))


if __name__ == "__main__":
    model = torch.nn.Linear(32, 10)
    model.share_memory()
    processes = [multiprocessing.Process(target=train, args=(rank, model)) for rank in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
