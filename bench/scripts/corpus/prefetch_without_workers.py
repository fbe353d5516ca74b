#: rate none
#: workers none
#: cause prefetch_factor
#: remedy prefetch_factor|num_workers
"""A prefetch factor, but no workers."""
from torch.utils.data import DataLoader

from parts import Rows

if __name__ == "__main__":
    for batch in DataLoader(Rows(), batch_size=4, num_workers=0, prefetch_factor=4):
        pass
