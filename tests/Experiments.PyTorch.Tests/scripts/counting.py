"""One kind of batches: counting.py KIND WORKERS. The script counts its samples itself."""
import inspect
import random
import sys

import torch
from torch.nn.utils.rnn import pack_sequence
from torch.utils.data import BatchSampler, DataLoader, Dataset, IterableDataset, RandomSampler, Sampler, get_worker_info

from learner import learn

KIND, WORKERS = sys.argv[1], int(sys.argv[2])
LENGTH = 52


class Rows(Dataset):
    def __len__(self):
        return LENGTH

    def __getitem__(self, index):
        return torch.zeros(3, 30 + index % 7, 40), index


class Batches(Rows):
    """Whole batches of 24; the number of the epoch, a scalar, comes first."""

    def __getitem__(self, index):
        return {"epoch": torch.tensor(3), "key": ["a"] * 24, "x": torch.zeros(24, 7), "y": torch.zeros(24)}


class ManyIndices(Rows):
    """A batch for a list of indices, as Arrow tables give it."""

    def __getitem__(self, indices):
        return torch.zeros(9, len(indices))


class TimeFirst(IterableDataset):
    """Shards itself; the last batch of each worker is a short one."""

    def __iter__(self):
        worker = get_worker_info()
        first, every = (worker.id, worker.num_workers) if worker else (0, 1)
        return iter(range(first, LENGTH, every))


class WholeFrames(IterableDataset):
    """Yields batches of 16 itself, time first, with a label for each sample."""

    def __iter__(self):
        return iter([(torch.zeros(12, 16, 5), torch.zeros(16))] * 6)


class EndlessSampler(Sampler):
    def __init__(self):
        pass

    def __len__(self):
        return LENGTH

    def __iter__(self):
        while True:
            yield from torch.randperm(LENGTH).tolist()


class Repeating:
    """timm's: the batch sampler of an endless iterator, of one epoch's length."""

    def __init__(self, inner):
        self.inner = inner

    def __len__(self):
        return len(self.inner)

    def __iter__(self):
        while True:
            yield from self.inner


class Graphs:
    """A batch object with neither a shape nor a length."""

    def __init__(self, items):
        self.nodes = sum(item[1] for item in items)
        self.count = len(items)


def frames(items):
    return torch.zeros(70, len(items), 3)


def packed(items):
    return pack_sequence(sorted((torch.zeros(5 + item[1] % 9, 2) for item in items), key=len, reverse=True))


def tuples(items):
    return tuple(zip(*items))


def records(items):
    return [{"name": "%06d" % item[1], "image": item[0]} for item in items]


def train(loader, count, most=0):
    for step, batch in enumerate(loader):
        if most and step == most:
            break
        learn(count(batch))


def buckets(size):
    order = list(range(LENGTH))
    random.Random(0).shuffle(order)
    return [order[start : start + size] for start in range(0, LENGTH, size)]


if __name__ == "__main__":
    rows, workers = Rows(), {"num_workers": WORKERS}
    if KIND == "endless":
        train(DataLoader(rows, 8, sampler=EndlessSampler(), collate_fn=tuples, **workers), lambda b: len(b[0]), 20)
    elif KIND == "repeating":
        sampler = Repeating(BatchSampler(RandomSampler(rows), 8, False))
        train(DataLoader(rows, batch_sampler=sampler, collate_fn=tuples, **workers), lambda b: len(b[0]), 20)
    elif KIND == "tuples":
        train(DataLoader(rows, batch_sampler=BatchSampler(RandomSampler(rows), 8, False), collate_fn=tuples, **workers), lambda b: len(b[0]))
    elif KIND == "packed":
        train(DataLoader(rows, batch_sampler=buckets(8), collate_fn=packed, **workers), lambda b: int(b.batch_sizes[0]))
    elif KIND == "records":
        train(DataLoader(rows, 8, shuffle=True, collate_fn=records, **workers), len)
    elif KIND == "graphs":
        train(DataLoader(rows, 5, shuffle=True, collate_fn=Graphs, **workers), lambda b: b.count)
    elif KIND == "frames":
        train(DataLoader(rows, 8, shuffle=True, drop_last=True, collate_fn=frames, **workers), lambda b: b.shape[1])
    elif KIND == "iterable":
        train(DataLoader(TimeFirst(), 8, collate_fn=lambda items: torch.zeros(70, len(items)), **workers), lambda b: b.shape[1])
    elif KIND == "indices":
        sampler = BatchSampler(RandomSampler(rows), 8, False)
        train(DataLoader(ManyIndices(), batch_size=None, sampler=sampler, **workers), lambda b: b.shape[1])
    elif KIND == "lists":
        halves = [[list(range(4)), list(range(4, 8))]] * 6
        train(DataLoader(ManyIndices(), batch_sampler=halves, collate_fn=lambda items: torch.cat(items, 1).t(), **workers), len)
    elif KIND == "whole":
        train(DataLoader(Batches(), batch_size=None, shuffle=True, **workers), lambda b: len(b["x"]))
    elif KIND == "whole_frames":
        train(DataLoader(WholeFrames(), batch_size=None, **workers), lambda b: len(b[1]), 6 if WORKERS < 2 else 0)
    elif KIND == "unknown":
        train(DataLoader([float(i) for i in range(20)], batch_size=None, shuffle=True, **workers), lambda b: 30)
    elif KIND == "out_of_order":
        order = {"in_order": False} if "in_order" in inspect.signature(DataLoader).parameters else {}
        train(DataLoader(rows, batch_sampler=[[i] * (1 + i % 9) for i in range(40)], collate_fn=tuples, **order, **workers), lambda b: len(b[0]))
    elif KIND == "zip":
        small = DataLoader(rows, 2, shuffle=True, collate_fn=tuples, **workers)
        large = DataLoader(rows, 7, shuffle=True, collate_fn=tuples, **workers)
        train(zip(small, large), lambda b: len(b[0][0]) + len(b[1][0]))
