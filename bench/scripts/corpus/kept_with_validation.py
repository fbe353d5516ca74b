#: rate own or unknown
#: steps 40
"""All batches in a list; each epoch over the list is followed by a validation over another list."""
import random
import time

import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    training, validation = list(DataLoader(Rows(160), batch_size=16, shuffle=True)), list(DataLoader(Rows(160), batch_size=64))
    for epoch in range(12):
        random.shuffle(training)
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        with torch.no_grad():
            for x, y in validation:
                time.sleep(0.03)
                net.model(x)
