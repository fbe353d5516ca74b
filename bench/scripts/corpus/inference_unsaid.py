#: rate own or unknown
#: warns step: batch
"""The same, but the definition does not say it: it is told that nothing trained."""
import time

import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows

if __name__ == "__main__":
    model, clock = torch.nn.Linear(32, 10).eval(), Clock()
    clock.begin()
    with torch.no_grad():
        for x, _ in DataLoader(Rows(), batch_size=16, num_workers=2):
            time.sleep(0.01)
            model(x)
            clock.step(len(x))
