#: worlds trixie
"""A compiled model (no compiler is needed by this backend)."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    net.model = torch.compile(net.model, backend="eager")
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2):
        net.train(x, y)
        clock.step(len(x))
