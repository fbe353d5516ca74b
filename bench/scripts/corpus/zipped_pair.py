"""Labelled and unlabelled batches of different sizes, zipped."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    labelled = DataLoader(Rows(400), batch_size=6, shuffle=True, num_workers=1)
    unlabelled = DataLoader(Rows(4000, seconds=0.0002), batch_size=42, shuffle=True, num_workers=1)
    clock, net = Clock(), Classifier()
    clock.begin()
    for (x, y), (u, _) in zip(labelled, unlabelled):
        net.model(u).sum().backward()
        net.train(x, y)
        clock.step(len(x) + len(u))
