#: warns EXP3152
"""Pinned memory, and no device."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2, pin_memory=True):
        net.train(x, y)
        clock.step(len(x))
