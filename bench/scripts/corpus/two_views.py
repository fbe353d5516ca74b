"""Contrastive: two views of each sample in a list; the samples are those that were drawn."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock
from parts import Classifier


class Views(Dataset):
    def __len__(self):
        return 1200

    def __getitem__(self, index):
        return [torch.rand(32), torch.rand(32)], index


if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    clock.begin()
    for (left, right), index in DataLoader(Views(), batch_size=12, shuffle=True, num_workers=2):
        net.train(torch.cat([left, right]), index.repeat(2) % 10)
        clock.step(len(index))
