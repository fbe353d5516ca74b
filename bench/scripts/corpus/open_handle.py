#: rate none
#: cause pickle
#: remedy open|worker|__getitem__
"""An open file in the dataset cannot be sent to a spawned worker."""
from torch.utils.data import DataLoader

from parts import Rows

if __name__ == "__main__":
    rows = Rows()
    rows.file = open(__file__)
    for batch in DataLoader(rows, batch_size=4, num_workers=2, multiprocessing_context="spawn"):
        pass
