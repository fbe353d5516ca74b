#: steps 62
#: workers 0 2
#: train args: [--num_workers, "{num_workers}"]
#: warns args
"""The argument reaches the loaders that evaluate; the one that trains has no workers whatever it says."""
import argparse

import torch
from torch.utils.data import DataLoader, RandomSampler

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--num_workers", type=int, default=8)
    arguments = parser.parse_args()
    rows, clock, net = Rows(320), Clock(), Classifier()
    evaluation = DataLoader(Rows(64), batch_size=16, num_workers=arguments.num_workers)
    for epoch in range(4):
        clock.begin()
        for x, y in DataLoader(rows, sampler=RandomSampler(rows), batch_size=16):
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        with torch.no_grad():
            for x, _ in evaluation:
                net.model(x)
