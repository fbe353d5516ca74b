#: warns EXP3155
#: remedy persistent_workers
"""Three batches an epoch: most of it is the start of workers."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    training, clock, net = DataLoader(Rows(48, seconds=0), batch_size=16, shuffle=True, num_workers=2), Clock(), Classifier(work=0.001)
    for epoch in range(25):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
