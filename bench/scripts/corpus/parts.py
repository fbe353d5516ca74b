"""Small datasets and a small model, which the scripts share."""
import time

import torch
from torch.utils.data import Dataset, IterableDataset


class Rows(Dataset):
    """Rows of numbers, each of which takes some time to load."""

    def __init__(self, length=1600, seconds=0.001, shape=(32,)):
        self.length, self.seconds, self.shape = length, seconds, shape

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        time.sleep(self.seconds)
        return torch.full(self.shape, index % 97 / 97.0), index % 10


class Stream(IterableDataset):
    """The same as a stream; workers share it out."""

    def __init__(self, length=3200, seconds=0.001, shape=(32,)):
        self.length, self.seconds, self.shape = length, seconds, shape

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        first, step = (0, 1) if worker is None else (worker.id, worker.num_workers)
        for index in range(first, self.length, step):
            time.sleep(self.seconds)
            yield torch.full(self.shape, index % 97 / 97.0), index % 10


class Classifier:
    """A linear model with its optimizer; `work` is the time that a heavier one would take."""

    def __init__(self, inputs=32, work=0.01, outputs=10):
        self.model = torch.nn.Linear(inputs, outputs)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.work = work

    def train(self, x, y):
        time.sleep(self.work)
        loss = torch.nn.functional.cross_entropy(self.model(x), y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()
