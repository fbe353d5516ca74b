"""The same loader gives the mean and then trains."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    loader, clock, net = DataLoader(Rows(480, seconds=0.0005), batch_size=10, shuffle=True, num_workers=2), Clock(), Classifier(work=0.03)
    count = 0
    for x, _ in loader:
        count += len(x)
    for epoch in range(3):
        clock.begin()
        for x, y in loader:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
