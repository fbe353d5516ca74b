"""A list of Python objects, which workers copy by counting references."""
import time

import torch
from torch.utils.data import DataLoader, Dataset


class Objects(Dataset):
    def __init__(self):
        self.samples = [[float(i), float(i + 1)] for i in range(1_500_000)]

    def __len__(self):
        return 8192

    def __getitem__(self, index):
        for sample in self.samples[index * 183 : index * 183 + 183]:
            tuple(sample)
        return torch.zeros(4)


for _ in DataLoader(Objects(), batch_size=32, shuffle=True, num_workers=1):
    time.sleep(0.02)
