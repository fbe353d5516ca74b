"""Trains over an iterable dataset that does not shard: with two workers each sample would come twice."""
import torch
from torch.utils.data import DataLoader, IterableDataset

from learner import learn


class Stream(IterableDataset):
    def __iter__(self):
        return iter(torch.arange(400.0))


loader = DataLoader(Stream(), batch_size=10, num_workers=0)
total = 0
for epoch in range(30):
    for values in loader:
        learn(len(values))
        total += values.sum().item()
print(total)
