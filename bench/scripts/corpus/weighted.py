"""Rare classes are drawn more often."""
from torch.utils.data import DataLoader, WeightedRandomSampler

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    sampler = WeightedRandomSampler([1.0 + index % 10 for index in range(400)], 800)
    loader, clock, net = DataLoader(Rows(400), batch_size=20, sampler=sampler, num_workers=2), Clock(), Classifier()
    clock.begin()
    for x, y in loader:
        net.train(x, y)
        clock.step(len(x))
