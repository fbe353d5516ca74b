#: workers 2
#: rate own or unknown
"""A stream that yields whole batches as tuples (shards of a web archive)."""
import torch
from torch.utils.data import DataLoader, IterableDataset

from own import Clock
from parts import Classifier


class Shards(IterableDataset):
    def __iter__(self):
        for number in range(400):
            yield torch.rand(18, 32), torch.zeros(18, dtype=torch.long), ["key %d" % number] * 18


if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    clock.begin()
    for x, y, keys in DataLoader(Shards(), batch_size=None, num_workers=2):
        net.train(x, y)
        clock.step(len(x))
