"""A pass for the mean of the data, with gradients on, before the training."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    rows, clock, net = Rows(480, seconds=0.0005), Clock(), Classifier(work=0.03)
    total = sum(x.mean().item() for x, _ in DataLoader(rows, batch_size=10, num_workers=2))
    for epoch in range(3):
        clock.begin()
        for x, y in DataLoader(rows, batch_size=10, shuffle=True, num_workers=2):
            net.train(x - total / 48, y)
            clock.step(len(x))
        clock.end()
