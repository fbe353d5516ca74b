#: rate none
#: cause sizes?|resize storage
#: remedy collate_fn|pad
"""Samples of different length, not padded."""
import torch
from torch.utils.data import DataLoader, Dataset


class Ragged(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        return torch.rand(3 + index % 4)


if __name__ == "__main__":
    for batch in DataLoader(Ragged(), batch_size=4, shuffle=True, num_workers=2):
        pass
