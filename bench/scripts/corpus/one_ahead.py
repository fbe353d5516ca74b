"""The next batch is fetched before this one is trained on (prefetchers for devices)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Prefetcher:
    def __init__(self, loader):
        self.batches = iter(loader)
        self.preload()

    def preload(self):
        self.ready = next(self.batches, None)

    def next(self):
        batch = self.ready
        self.preload()
        return batch


if __name__ == "__main__":
    prefetcher, clock, net = Prefetcher(DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2)), Clock(), Classifier()
    clock.begin()
    batch = prefetcher.next()
    while batch is not None:
        net.train(*batch)
        clock.step(len(batch[0]))
        batch = prefetcher.next()
