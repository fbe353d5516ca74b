#: steps 62
"""A loader subclass that fetches one batch ahead to know which is the last (device placement libraries)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Shard(DataLoader):
    def __iter__(self):
        self.is_last = False
        batches = super().__iter__()
        current = next(batches)
        while True:
            try:
                following = next(batches)
            except StopIteration:
                self.is_last = True
                yield current
                return
            yield current
            current = following


if __name__ == "__main__":
    training, clock, net = Shard(Rows(320), batch_size=16, shuffle=True, num_workers=2), Clock(), Classifier()
    for epoch in range(4):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
