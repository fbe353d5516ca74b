#: steps 62
"""A trainer's fetcher: batches by next, a flag for the last one, hooks in between."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Fetcher:
    def setup(self, loader):
        self.batches, self.fetched, self.length, self.done = iter(loader), 0, len(loader), False
        return self

    def __next__(self):
        batch = next(self.batches)
        self.fetched += 1
        self.done = self.fetched >= self.length
        return batch


class Trainer:
    def fit(self, net, training, validation, epochs):
        clock = Clock()
        for epoch in range(epochs):
            clock.begin()
            fetcher = Fetcher().setup(training)
            while not fetcher.done:
                x, y = next(fetcher)
                net.train(x, y)
                clock.step(len(x))
            clock.end()
            with torch.no_grad():
                for x, _ in validation:
                    net.model(x)


if __name__ == "__main__":
    Trainer().fit(Classifier(), DataLoader(Rows(320), batch_size=16, shuffle=True, num_workers=2), DataLoader(Rows(48), batch_size=16), 4)
