"""A small training whose every random number is seeded; prints weights, losses and the state of all streams: deterministic.py KIND"""
import hashlib
import itertools
import random
import sys

import numpy
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, WeightedRandomSampler

KIND = sys.argv[1]


class Noisy(Dataset):
    """Augments by all three streams, in whatever process it runs."""

    loaded = 0

    def __len__(self):
        return 48

    def __getitem__(self, index):
        self.loaded += 1
        if KIND in ("fails_loading", "fails_in_a_thread") and self.loaded == 60:
            raise ValueError("a row that cannot be read") from KeyError("row")
        x = torch.full((6,), float(index)) + torch.randn(6) + random.random() + float(numpy.random.rand())
        return x, index % 3


class Stream(IterableDataset):
    def __iter__(self):
        return (item for item in [(torch.full((6,), float(i)) + torch.randn(6), i % 3) for i in range(20)])


def digest(*values):
    return hashlib.sha256(b"".join(value.encode() if isinstance(value, str) else bytes(value) for value in values)).hexdigest()[:16]


def main():
    random.seed(1)
    numpy.random.seed(2)
    torch.manual_seed(3)
    torch.set_num_threads(1)
    workers = {"num_workers": 2} if KIND in ("fork", "persistent", "spawn", "validation") else {}
    if KIND == "persistent":
        workers["persistent_workers"] = True
    if KIND == "spawn":
        workers["multiprocessing_context"] = "spawn"
    if KIND == "iterable":
        train = DataLoader(Stream(), 6)
    elif KIND == "weighted":
        train = DataLoader(Noisy(), 8, sampler=WeightedRandomSampler([1.0 + i for i in range(48)], 40))
    else:
        train = DataLoader(Noisy(), 8, shuffle=True, **workers)
    validation = DataLoader(Noisy(), 16, **workers)
    model = torch.nn.Sequential(torch.nn.Linear(6, 8), torch.nn.Dropout(0.3), torch.nn.Linear(8, 3))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(3):
        batches = list(train) if KIND == "list" else itertools.islice(train, 3) if KIND == "broken_off" else train
        for x, y in batches:
            loss = torch.nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            print("%.9f" % loss.item())
        if KIND == "validation":
            with torch.no_grad():
                print("%.9f" % sum(model(x).sum().item() for x, _ in validation))
    weights = [parameter.detach().numpy().tobytes() for parameter in model.parameters()]
    print(digest(*weights), digest(repr(random.getstate())), digest(repr(numpy.random.get_state())), digest(torch.get_rng_state().numpy().tobytes()))
    if KIND == "fails":
        raise ValueError("after the training")
    sys.exit(7 if KIND == "code" else 0)


if __name__ == "__main__":
    if KIND == "fails_in_a_thread":
        import threading

        thread = threading.Thread(target=main)
        thread.start()
        thread.join()
    else:
        main()
