"""A progress bar stands between the loader and the loop."""
import sys

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Bar:
    def __init__(self, inner):
        self.inner = inner

    def __len__(self):
        return len(self.inner)

    def __iter__(self):
        for number, value in enumerate(self.inner, 1):
            yield value
            sys.stderr.write("\r%d/%d" % (number, len(self)))


if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in Bar(DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2)):
        net.train(x, y)
        clock.step(len(x))
