"""Synthetic pictures: the bytes of real ones, so that the copy to the device costs what it costs."""
import torch
from torch.utils.data import Dataset


class Pictures(Dataset):
    def __init__(self, count=100000, size=160):
        self.count, self.picture = count, torch.rand(3, size, size)

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        return self.picture + index % 7, index % 10


def device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
