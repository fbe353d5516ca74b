#: steps 62
"""A loader that can save where it is."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Stateful(DataLoader):
    done = 0

    def __iter__(self):
        for batch in super().__iter__():
            type(self).done += 1
            yield batch

    def state_dict(self):
        return {"done": self.done}


if __name__ == "__main__":
    training, clock, net = Stateful(Rows(480), batch_size=16, shuffle=True, num_workers=2), Clock(), Classifier()
    for epoch in range(3):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        training.state_dict()
