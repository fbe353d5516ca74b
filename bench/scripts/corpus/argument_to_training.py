#: workers 0 2
#: train args: [--workers, "{num_workers}"]
"""The argument reaches the loader that trains."""
import argparse

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=8)
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=parser.parse_args().workers):
        net.train(x, y)
        clock.step(len(x))
