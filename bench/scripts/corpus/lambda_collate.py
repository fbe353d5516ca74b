#: rate none
#: cause pickle|local object|lambda
#: remedy module|top level|def
"""A lambda cannot be sent to a spawned worker."""
from torch.utils.data import DataLoader

from parts import Rows

if __name__ == "__main__":
    for batch in DataLoader(Rows(), batch_size=4, num_workers=2, multiprocessing_context="forkserver", collate_fn=lambda samples: samples):
        pass
