#: rate none
#: cause Segmentation fault
#: remedy faulthandler|num_workers[ =]0
"""A native decoder crashes in a worker."""
import ctypes

import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Native(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        if index == 50 and get_worker_info() is not None:
            ctypes.memset(8, 1, 64)
        return torch.rand(3)


if __name__ == "__main__":
    for batch in DataLoader(Native(), batch_size=4, num_workers=2):
        pass
