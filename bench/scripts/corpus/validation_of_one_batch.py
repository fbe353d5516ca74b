"""A validation of a single batch, with gradients on, after each short epoch."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    training, validation = DataLoader(Rows(64), batch_size=16, shuffle=True), DataLoader(Rows(64), batch_size=64)
    for epoch in range(10):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        for x, y in validation:
            net.model(x)
