#: steps 40
#: rate own or unknown
"""itertools.cycle keeps the batches of the first epoch and asks its loader for no more."""
import itertools

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    batches, clock, net = itertools.cycle(DataLoader(Rows(160), batch_size=16, shuffle=True, num_workers=2)), Clock(), Classifier(work=0.03)
    clock.begin()
    for step in range(200):
        x, y = next(batches)
        net.train(x, y)
        clock.step(len(x))
