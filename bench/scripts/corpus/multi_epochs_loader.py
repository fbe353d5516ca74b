"""One iterator for all epochs, made when the loader is made (image classification libraries)."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Again:
    def __init__(self, sampler):
        self.sampler = sampler

    def __iter__(self):
        while True:
            yield from iter(self.sampler)


class MultiEpochsLoader(DataLoader):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._DataLoader__initialized = False
        self.batch_sampler = Again(self.batch_sampler)
        self._DataLoader__initialized = True
        self.iterator = super().__iter__()

    def __len__(self):
        return len(self.batch_sampler.sampler)

    def __iter__(self):
        for _ in range(len(self)):
            yield next(self.iterator)


if __name__ == "__main__":
    loader, clock, net = MultiEpochsLoader(Rows(128, shape=(32,)), batch_size=32, shuffle=True, num_workers=1), Clock(), Classifier(work=0.03)
    for epoch in range(20):
        net.model.train()
        clock.begin()
        for x, y in loader:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        with torch.no_grad():
            net.model(torch.zeros(1, 32))
