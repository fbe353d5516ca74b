#: workers 0 2
#: claims 30
#: advice any
"""The model takes all the time: no number of workers gains much, and no sentence may claim it."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.04)
    clock.begin()
    for x, y in DataLoader(Rows(seconds=0), batch_size=16, shuffle=True):
        net.train(x, y)
        clock.step(len(x))
