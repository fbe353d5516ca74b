#: rate none
#: cause EXP3105
#: never ^$
"""Someone kills a worker."""
import os
import signal

import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Victim(Dataset):
    def __len__(self):
        return 400

    def __getitem__(self, index):
        if index == 90 and get_worker_info() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return torch.rand(3)


if __name__ == "__main__":
    for batch in DataLoader(Victim(), batch_size=10, num_workers=2):
        pass
