#: rate none
#: workers 0
#: cause sizes?|resize storage
#: remedy collate_fn|pad
"""The same without workers, with arrays."""
import numpy
from torch.utils.data import DataLoader, Dataset


class Ragged(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        return numpy.zeros((2, 3 + index % 4), dtype="f4"), index


if __name__ == "__main__":
    for batch in DataLoader(Ragged(), batch_size=4, shuffle=True):
        pass
