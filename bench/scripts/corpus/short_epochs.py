#: steps 40
"""Five batches an epoch; workers start and end with each."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    training, validation = DataLoader(Rows(80), batch_size=16, shuffle=True, num_workers=2), DataLoader(Rows(32), batch_size=16, num_workers=2)
    clock, net = Clock(), Classifier(work=0.002)
    for epoch in range(20):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        with torch.no_grad():
            for x, _ in validation:
                net.model(x)
