"""Loaders of other libraries, made the way those are: today.py KIND. Stand-ins by their documented behaviour."""
import itertools
import queue
import sys
import threading

import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler, TensorDataset
from torch.utils.data import dataloader as torch_loader

from learner import learn

KIND = sys.argv[1]
data = TensorDataset(torch.randn(90, 4))


class Stateful(DataLoader):
    """torchdata's: sets its attributes itself, never calls DataLoader.__init__, and has iterators of its own."""

    def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, pin_memory=False,
                 drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None, generator=None, *, prefetch_factor=None,
                 persistent_workers=False, pin_memory_device="", in_order=True, snapshot_every_n_steps=1):
        if num_workers == 0 and prefetch_factor is not None:
            raise ValueError("prefetch_factor option could only be specified in multiprocessing")
        if persistent_workers and num_workers == 0:
            raise ValueError("persistent_workers option needs num_workers > 0")
        self.dataset, self.num_workers, self.prefetch_factor = dataset, num_workers, prefetch_factor or (2 if num_workers else None)
        self.pin_memory, self.pin_memory_device, self.timeout = pin_memory, pin_memory_device, timeout
        self.worker_init_fn, self.multiprocessing_context, self.in_order = worker_init_fn, multiprocessing_context, in_order
        self._dataset_kind = torch_loader._DatasetKind.Map
        sampler = sampler or (RandomSampler(dataset, generator=generator) if shuffle else SequentialSampler(dataset))
        self.batch_size, self.drop_last, self.sampler, self.generator = batch_size, drop_last, sampler, generator
        self.batch_sampler = batch_sampler or BatchSampler(sampler, batch_size, drop_last)
        self.collate_fn = collate_fn or torch.utils.data.default_collate
        self.persistent_workers = persistent_workers
        self._DataLoader__initialized = True
        self._IterableDataset_len_called = self._iterator = None
        self.snapshot_every_n_steps = snapshot_every_n_steps

    def _get_iterator(self):
        return (StatefulMany if self.num_workers else StatefulSingle)(self)

    def __iter__(self):
        if self.persistent_workers and self._iterator is not None:
            self._iterator._reset(self)
        else:
            self._iterator = self._get_iterator()
        return self._iterator


class StatefulSingle(torch_loader._SingleProcessDataLoaderIter):
    def __next__(self):
        return super().__next__()

    def _next_index(self):
        return super()._next_index()


class StatefulMany(torch_loader._MultiProcessingDataLoaderIter):
    def __next__(self):
        return super().__next__()


class MultiEpochs(DataLoader):
    """timm's: one endless iterator for all epochs."""

    class Repeat:
        def __init__(self, sampler):
            self.sampler = sampler

        def __iter__(self):
            while True:
                yield from iter(self.sampler)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._DataLoader__initialized = False
        self.batch_sampler = MultiEpochs.Repeat(self.batch_sampler)
        self._DataLoader__initialized = True
        self.iterator = super().__iter__()

    def __len__(self):
        return len(self.batch_sampler.sampler)

    def __iter__(self):
        for _ in range(len(self)):
            yield next(self.iterator)


class Ahead:
    """timm's PrefetchLoader, and Accelerate's: hands out a batch once the next one is loaded."""

    def __init__(self, loader):
        self.loader = loader

    def __iter__(self):
        first, current = True, None
        for following in self.loader:
            if not first:
                yield current
            first, current = False, following
        yield current


class Sharded(DataLoader):
    """Accelerate's DataLoaderShard: a subclass with its own __iter__, which loads one batch ahead."""

    def __init__(self, dataset, device=None, **kwargs):
        super().__init__(dataset, **kwargs)
        self.device = device

    def __iter__(self):
        batches = super().__iter__()
        current = next(batches)
        while True:
            try:
                following = next(batches)
            except StopIteration:
                yield current
                return
            yield current
            current = following


class Background(DataLoader):
    """prefetch_generator's DataLoaderX: its __iter__ is a thread."""

    def __iter__(self):
        ready, batches = queue.Queue(4), super().__iter__()

        def fill():
            for batch in batches:
                ready.put(batch)
            ready.put(None)

        threading.Thread(target=fill, daemon=True).start()
        return iter(ready.get, None)


def closure_steps(loader):
    """Lightning's automatic optimization: the optimizer's step runs forward and backward in a closure."""
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.Adam([weight], lr=1e-9)
    for (x,) in loader:
        def closure():
            loss = (weight * len(x)).sum()
            loss.backward()
            return loss

        optimizer.step(closure)
        learn(len(x), 0)


def gathered(loader, accumulate):
    """transformers' Trainer: takes the batches of one update first, then trains on each."""
    batches = iter(loader)
    while True:
        taken = list(itertools.islice(batches, accumulate))
        if not taken:
            return
        for (x,) in taken[:-1]:
            torch.ones(1, requires_grad=True).sum().backward()
        learn(sum(len(x) for (x,) in taken))


def lightning_sanity(train, validation):
    """Lightning: two batches of validation first, and a prefetched batch of the training."""
    with torch.no_grad():
        for _ in zip(validation, range(2)):
            pass
    for epoch in range(2):
        for (x,) in train:
            learn(len(x))
        with torch.no_grad():
            for _ in validation:
                pass


def train(loader, epochs=2):
    for _ in range(epochs):
        for (x,) in loader:
            learn(len(x))


if __name__ == "__main__":
    options = {"batch_size": 8, "shuffle": True, "num_workers": 1}
    if KIND == "stateful":
        loader = Stateful(data, **options)
        train(loader)
    elif KIND == "stateful_persistent":
        loader = Stateful(data, persistent_workers=True, **options)
        train(loader)
    elif KIND == "multi_epochs":
        loader = MultiEpochs(data, **options)
        train(loader)
    elif KIND == "ahead":
        loader = DataLoader(data, **options)
        train(Ahead(loader))
    elif KIND == "sharded":
        loader = Sharded(data, **options)
        train(loader)
    elif KIND == "background":
        loader = Background(data, **options)
        train(loader, 1)
    elif KIND == "closure":
        loader = DataLoader(data, **options)
        closure_steps(loader)
    elif KIND == "gathered":
        loader = DataLoader(data, **options)
        gathered(loader, 4)
    elif KIND == "sanity":
        loader = DataLoader(data, **options)
        lightning_sanity(loader, DataLoader(data, batch_size=30))
    print("workers", loader.num_workers)
