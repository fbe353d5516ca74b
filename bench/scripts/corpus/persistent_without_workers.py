#: rate none
#: workers none
#: cause persistent_workers option needs num_workers > 0
#: remedy persistent_workers
"""Persistent workers, but none of them."""
from torch.utils.data import DataLoader

from parts import Rows

if __name__ == "__main__":
    for batch in DataLoader(Rows(), batch_size=4, num_workers=0, persistent_workers=True):
        pass
