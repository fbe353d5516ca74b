"""Two threads train a model each, at once."""
import threading

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

clock, lock = Clock(), threading.Lock()


def train(size):
    net = Classifier()
    for x, y in DataLoader(Rows(), batch_size=size, shuffle=True):
        net.train(x, y)
        with lock:
            clock.step(len(x))


if __name__ == "__main__":
    clock.begin()
    threads = [threading.Thread(target=train, args=(size,)) for size in (16, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
