#: rate none
#: cause None
#: remedy collate_fn|return
"""A dataset that returns None for what it cannot read."""
import torch
from torch.utils.data import DataLoader, Dataset


class Broken(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        if index % 9:
            return torch.rand(3)


if __name__ == "__main__":
    for batch in DataLoader(Broken(), batch_size=4, shuffle=True, num_workers=2):
        pass
