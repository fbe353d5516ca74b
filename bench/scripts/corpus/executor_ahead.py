"""A pool of one thread asks for the next batch while this one is trained on."""
from concurrent.futures import ThreadPoolExecutor

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net, pool = Clock(), Classifier(), ThreadPoolExecutor(1)
    batches = iter(DataLoader(Rows(), batch_size=16, shuffle=True))
    clock.begin()
    ahead = pool.submit(next, batches)
    for _ in range(60):
        x, y = ahead.result()
        ahead = pool.submit(next, batches)
        net.train(x, y)
        clock.step(len(x))
