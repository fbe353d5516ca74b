#: rate own or unknown
"""All batches go into a list, which is trained on."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    batches, clock, net = list(DataLoader(Rows(480, seconds=0.0001), batch_size=10, shuffle=True, num_workers=2)), Clock(), Classifier(work=0.03)
    for epoch in range(2):
        clock.begin()
        for x, y in batches:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
