"""A dataset that gives nothing for a broken sample, or something that torch makes no batch of."""
import pathlib
import sys

import torch
from torch.utils.data import DataLoader

from common import Numbers


class Gaps(Numbers):
    def __getitem__(self, index):
        return super().__getitem__(index) if index % 5 else {"none": None, "path": pathlib.PurePosixPath("a")}[sys.argv[1]]


class LateGaps(Numbers):
    def __getitem__(self, index):
        return torch.ones(4) if index % 5 < 4 else None


if sys.argv[1] == "late":
    next(iter(DataLoader(LateGaps(), batch_size=8, num_workers=int(sys.argv[2]))))
for _ in DataLoader(Gaps(), batch_size=1 if sys.argv[1] == "path" else 8, shuffle=True, num_workers=int(sys.argv[2])):
    pass
