"""A loader whose batch sampler repeats for ever and whose iterator is kept over the epochs (detector trainings)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Repeat:
    def __init__(self, sampler):
        self.sampler = sampler

    def __iter__(self):
        while True:
            yield from iter(self.sampler)


class InfiniteLoader(DataLoader):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        object.__setattr__(self, "batch_sampler", Repeat(self.batch_sampler))
        self.iterator = super().__iter__()

    def __len__(self):
        return len(self.batch_sampler.sampler)

    def __iter__(self):
        for _ in range(len(self)):
            yield next(self.iterator)


if __name__ == "__main__":
    loader, clock, net = InfiniteLoader(Rows(96), batch_size=16, shuffle=True, num_workers=2), Clock(), Classifier()
    for epoch in range(20):
        clock.begin()
        for x, y in loader:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
