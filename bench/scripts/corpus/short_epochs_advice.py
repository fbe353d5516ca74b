#: workers 0 2
#: steps 200
#: advice own
"""Short epochs: which number of workers is best is for the script's own clock to say."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    training, clock, net = DataLoader(Rows(80, seconds=0.0015), batch_size=16, shuffle=True), Clock(), Classifier(work=0.002)
    for epoch in range(60):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
