"""A logger's generator is the loop: it times data and step itself."""
import time

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class MetricLogger:
    def log_every(self, loader, every):
        begun = time.time()
        for number, batch in enumerate(loader):
            data = time.time() - begun
            yield batch
            if number % every == 0:
                print("[%d/%d] data %.4f time %.4f" % (number, len(loader), data, time.time() - begun))
            begun = time.time()


if __name__ == "__main__":
    logger, clock, net = MetricLogger(), Clock(), Classifier()
    loader = DataLoader(Rows(640), batch_size=16, shuffle=True, num_workers=2)
    for epoch in range(2):
        clock.begin()
        for x, y in logger.log_every(loader, 10):
            net.train(x, y)
            clock.step(len(x))
        clock.end()
