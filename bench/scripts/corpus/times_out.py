#: rate none
#: cause timed out after
#: remedy timeout
"""One sample takes longer than the loader's timeout."""
import time

import torch
from torch.utils.data import DataLoader, Dataset


class Slow(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        time.sleep(60 if index == 30 else 0)
        return torch.rand(3)


if __name__ == "__main__":
    for batch in DataLoader(Slow(), batch_size=4, num_workers=2, timeout=2):
        pass
