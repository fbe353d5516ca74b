"""Batches of 4 MB in a /dev/shm of 1 MB."""
import torch
from torch.utils.data import DataLoader, Dataset


class Big(Dataset):
    def __len__(self):
        return 64

    def __getitem__(self, index):
        return torch.zeros(1 << 17)


for _ in DataLoader(Big(), batch_size=8, num_workers=2, shuffle=True):
    pass
