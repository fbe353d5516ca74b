#: train samples_per_step: 24
"""batch_size=None, and nothing in the batch tells its size: the definition states it."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock
from parts import Classifier


class Windows(Dataset):
    def __len__(self):
        return 400

    def __getitem__(self, index):
        return torch.rand(7, 24, 32)


if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    clock.begin()
    for windows in DataLoader(Windows(), batch_size=None, shuffle=True, num_workers=2):
        net.train(windows.mean(0), torch.zeros(24, dtype=torch.long))
        clock.step(24)
