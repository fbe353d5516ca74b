"""Datasets of the corpus."""
import torch
from torch.utils.data import Dataset, IterableDataset


class Numbers(Dataset):
    def __init__(self, length=64):
        self.length = length

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return torch.full((4,), float(index)), index % 2


class Stream(IterableDataset):
    def __init__(self, length=20):
        self.length = length

    def __iter__(self):
        return iter(torch.arange(self.length))


class Failing(Numbers):
    """Raises, kills its process or hangs at one sample."""

    def __init__(self, what, at=17, length=64):
        super().__init__(length)
        self.what, self.at = what, at

    def __getitem__(self, index):
        if index == self.at:
            self.what()
        return super().__getitem__(index)
