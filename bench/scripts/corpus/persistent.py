"""Workers live over the epochs."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    training, clock, net = DataLoader(Rows(128), batch_size=16, shuffle=True, num_workers=2, persistent_workers=True), Clock(), Classifier()
    for epoch in range(8):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
