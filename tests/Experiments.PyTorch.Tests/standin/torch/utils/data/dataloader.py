"""DataLoader with the signatures of torch 1.8 and of 2.6, and their refusals."""
import torch
from torch.utils.data import _utils  # noqa: F401

MODERN = torch.__version__.startswith("2")


class RandomSampler:
    def __init__(self, dataset):
        self.dataset = dataset

    def __len__(self):
        return len(self.dataset)


class SequentialSampler(RandomSampler):
    pass


class _BaseDataLoaderIter:
    def __init__(self, loader):
        self.loader, self.position = loader, 0

    def __iter__(self):
        return self

    def _next_index(self):
        start = self.position
        if start >= len(self.loader.dataset):
            raise StopIteration
        self.position += self.loader.batch_size
        return range(len(self.loader.dataset))[start : self.position]

    def __next__(self):
        return {"epoch": 3, "rows": [self.loader.dataset[index] for index in self._next_index()]}


class _Common:
    def _set(self, dataset, batch_size, shuffle, num_workers, pin_memory, prefetch_factor, persistent_workers):
        if num_workers == 0 and prefetch_factor != (None if MODERN else 2):
            raise ValueError("prefetch_factor option could only be specified in multiprocessing")
        if num_workers == 0 and persistent_workers:
            raise ValueError("persistent_workers option needs num_workers > 0")
        self.dataset, self.batch_size = dataset, batch_size
        self.sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
        self.num_workers, self.pin_memory = num_workers, pin_memory
        self.prefetch_factor, self.persistent_workers = prefetch_factor, persistent_workers

    def __iter__(self):
        return _BaseDataLoaderIter(self)


if MODERN:
    class DataLoader(_Common):
        def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None,
                     pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None,
                     generator=None, *, prefetch_factor=None, persistent_workers=False, pin_memory_device="", in_order=True):
            if num_workers > 0 and prefetch_factor is None:
                prefetch_factor = 2
            self._set(dataset, batch_size, shuffle, num_workers, pin_memory, prefetch_factor, persistent_workers)
else:
    class DataLoader(_Common):
        def __init__(self, dataset, batch_size=1, shuffle=False, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None,
                     pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None,
                     generator=None, *, prefetch_factor=2, persistent_workers=False):
            self._set(dataset, batch_size, shuffle, num_workers, pin_memory, prefetch_factor, persistent_workers)
