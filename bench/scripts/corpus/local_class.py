#: rate none
#: cause pickle|local object
#: remedy module|top level|def
"""A dataset class within a function cannot be sent to a spawned worker."""
import torch
from torch.utils.data import DataLoader, Dataset


def make():
    class Local(Dataset):
        def __len__(self):
            return 100

        def __getitem__(self, index):
            return torch.rand(3)

    return Local()


if __name__ == "__main__":
    for batch in DataLoader(make(), batch_size=4, num_workers=2, multiprocessing_context="spawn"):
        pass
