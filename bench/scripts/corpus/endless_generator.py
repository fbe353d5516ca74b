#: steps 100
"""A generator starts the loader again when it has ended (diffusion trainings)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


def forever(loader):
    while True:
        for batch in loader:
            yield batch


if __name__ == "__main__":
    batches, clock, net = forever(DataLoader(Rows(320), batch_size=16, shuffle=True, num_workers=2)), Clock(), Classifier()
    clock.begin()
    for step in range(120):
        x, y = next(batches)
        net.train(x, y)
        clock.step(len(x))
        if step % 20 == 19:  # a whole epoch
            clock.end()
            clock.begin()
