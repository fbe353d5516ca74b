"""The validation takes some batches of one iterator that never ends, in the middle of the epoch."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


def forever(loader):
    while True:
        yield from loader


if __name__ == "__main__":
    training, clock, net = DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2), Clock(), Classifier()
    validation = forever(DataLoader(Rows(400), batch_size=16, shuffle=True, num_workers=1))
    clock.begin()
    for number, (x, y) in enumerate(training, 1):
        net.train(x, y)
        clock.step(len(x))
        if number % 15 == 0:
            clock.end()
            with torch.no_grad():
                for _ in range(5):
                    net.model(next(validation)[0])
            clock.begin()
