"""Batches are drawn within a function under no_grad."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Batches:
    def __init__(self, loader):
        self.loader, self.iterator = loader, None

    @torch.no_grad()
    def next(self):
        if self.iterator is None:
            self.iterator = iter(self.loader)
        try:
            return next(self.iterator)
        except StopIteration:
            self.iterator = iter(self.loader)
            return next(self.iterator)


if __name__ == "__main__":
    clock, net, batches = Clock(), Classifier(), Batches(DataLoader(Rows(), batch_size=16, shuffle=True))
    clock.begin()
    for _ in range(60):
        x, y = batches.next()
        net.train(x, y)
        clock.step(len(x))
