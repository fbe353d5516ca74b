"""batch_size=None: the dataset makes whole batches, with a scalar in front and keys as strings."""
import time

import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock
from parts import Classifier


class Prepared(Dataset):
    def __len__(self):
        return 300

    def __getitem__(self, index):
        time.sleep(0.004)
        return {"shard": torch.tensor(index), "names": ["n"] * 20, "x": torch.rand(20, 32), "y": torch.zeros(20, dtype=torch.long)}


if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    clock.begin()
    for batch in DataLoader(Prepared(), batch_size=None, shuffle=True, num_workers=2):
        net.train(batch["x"], batch["y"])
        clock.step(20)
