#: workers 0 4
#: steps 200
#: advice num_workers=4
"""Each sample waits for a slow disk: more workers are better."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.001)
    clock.begin()
    for x, y in DataLoader(Rows(6400, seconds=0.005), batch_size=16, shuffle=True):
        net.train(x, y)
        clock.step(len(x))
