#: rate none
#: cause EXP3112
#: limits stall_timeout: 8s
"""A worker waits for something that never comes."""
import threading

import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info

from parts import Classifier


class Waits(Dataset):
    def __len__(self):
        return 400

    def __getitem__(self, index):
        if index == 90 and get_worker_info() is not None:
            threading.Event().wait()
        return torch.rand(32), index % 10


if __name__ == "__main__":
    net = Classifier()
    for x, y in DataLoader(Waits(), batch_size=10, num_workers=2):
        net.train(x, y)
