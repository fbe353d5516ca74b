#: workers 0 2
#: rate own or unknown
#: cause exists|-
#: remedy {trial_dir}|-
"""The output folder is made new, and refused if it is there: from the second trial on."""
import os

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    os.makedirs("runs/first")
    clock, net = Clock(), Classifier()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        net.train(x, y)
        clock.step(len(x))
