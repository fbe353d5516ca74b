"""Batches by the aspect ratio from an endless stream of indices; a list of dicts a batch (detection on iterations)."""
import time

import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, Sampler

from own import Clock


class Pictures(Dataset):
    def __len__(self):
        return 300

    def __getitem__(self, index):
        time.sleep(0.001)
        return {"name": "%d.png" % index, "picture": torch.rand(3, 20, 30 if index % 2 else 20), "id": index}


class TrainingSampler(Sampler):
    def __init__(self, size):
        self.size = size

    def __iter__(self):
        while True:
            yield from torch.randperm(self.size).tolist()


class ByShape(BatchSampler):
    def __init__(self, sampler, size):
        self.sampler, self.batch_size = sampler, size

    def __iter__(self):
        shelves = {0: [], 1: []}
        for index in self.sampler:
            shelf = shelves[index % 2]
            shelf.append(index)
            if len(shelf) == self.batch_size:
                yield list(shelf)
                shelf.clear()


if __name__ == "__main__":
    loader = DataLoader(Pictures(), num_workers=2, batch_sampler=ByShape(TrainingSampler(300), 6), collate_fn=lambda batch: batch)
    conv = torch.nn.Conv2d(3, 2, 3)
    optimizer, clock = torch.optim.SGD(conv.parameters(), 0.01), Clock()
    clock.begin()
    for step, batch in zip(range(100), loader):
        loss = conv(torch.stack([record["picture"] for record in batch])).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(batch))
