"""One batch is looked at for its shape before the training begins."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    loader, clock = DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2), Clock()
    net = Classifier(next(iter(loader))[0].shape[1])
    clock.begin()
    for x, y in loader:
        net.train(x, y)
        clock.step(len(x))
