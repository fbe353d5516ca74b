#: workers 0 2
#: train args: [--output, "{trial_dir}/out"]
"""The same with a folder of the trial's own."""
import argparse
import os

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", required=True)
    os.makedirs(parser.parse_args().output)
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        net.train(x, y)
        clock.step(len(x))
