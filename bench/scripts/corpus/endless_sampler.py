"""Iteration-based training: the sampler goes on after its length."""
import torch
from torch.utils.data import DataLoader, Sampler

from own import Clock
from parts import Classifier, Rows


class Forever(Sampler):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        while True:
            yield from torch.randperm(len(self.rows)).tolist()


if __name__ == "__main__":
    torch.manual_seed(1)
    rows = Rows(64)
    batches, clock, net = iter(DataLoader(rows, batch_size=16, sampler=Forever(rows), num_workers=2)), Clock(), Classifier()
    clock.begin()
    for iteration in range(100):
        x, y = next(batches)
        print("%.4f" % net.train(x, y))
        clock.step(len(x))
