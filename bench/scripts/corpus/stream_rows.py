#: workers 0
"""An iterable dataset, batched by the loader."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Stream

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in DataLoader(Stream(), batch_size=16):
        net.train(x, y)
        clock.step(len(x))
