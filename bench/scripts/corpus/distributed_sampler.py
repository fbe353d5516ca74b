#: steps 80
"""A sampler for ranks, in one process."""
from torch.utils.data import DataLoader, DistributedSampler

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    rows, clock, net = Rows(320), Clock(), Classifier()
    sampler = DistributedSampler(rows, num_replicas=2, rank=0)
    loader = DataLoader(rows, batch_size=10, sampler=sampler, num_workers=2)
    for epoch in range(6):
        sampler.set_epoch(epoch)
        clock.begin()
        for x, y in loader:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
