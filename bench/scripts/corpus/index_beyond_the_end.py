#: rate none
#: cause IndexError
"""The dataset says that it has more samples than it has."""
import torch
from torch.utils.data import DataLoader, Dataset


class Short(Dataset):
    def __init__(self):
        self.rows = torch.rand(90, 3)

    def __len__(self):
        return 100

    def __getitem__(self, index):
        return self.rows[index]


if __name__ == "__main__":
    for batch in DataLoader(Short(), batch_size=4, num_workers=2):
        pass
