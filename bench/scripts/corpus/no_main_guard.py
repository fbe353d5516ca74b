#: rate none
#: cause EXP3109
#: remedy __main__
"""Spawned workers import a script that has no guard."""
from torch.utils.data import DataLoader

from parts import Rows

for batch in DataLoader(Rows(), batch_size=10, num_workers=2, multiprocessing_context="spawn"):
    pass
