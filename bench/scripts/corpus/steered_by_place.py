#: workers 0 2
#: train probe: {loaders: "steered_by_place.py:10"}
"""The loader to be steered is named by its place."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

def make(rows):
    return DataLoader(rows, batch_size=16, shuffle=True)


if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in make(Rows()):
        net.train(x, y)
        clock.step(len(x))
