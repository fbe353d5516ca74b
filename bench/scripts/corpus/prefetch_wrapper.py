#: steps 62
"""A wrapper that moves and normalizes each batch, one ahead of the loop (image classification libraries)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class PrefetchLoader:
    def __init__(self, loader):
        self.loader = loader

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        first = True
        for x, y in self.loader:
            following = (x - 0.5) * 2, y.clone()
            if not first:
                yield ready
            first, ready = False, following
        yield ready


if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    loader = PrefetchLoader(DataLoader(Rows(480), batch_size=16, shuffle=True, drop_last=True, num_workers=2))
    for epoch in range(3):
        clock.begin()
        for x, y in loader:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
