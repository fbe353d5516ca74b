#: train step: batch
#: steps 100
"""A loop over the loader and nothing else."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows

if __name__ == "__main__":
    clock = Clock()
    clock.begin()
    for x, _ in DataLoader(Rows(4000), batch_size=16, shuffle=True, num_workers=2):
        clock.step(len(x))
