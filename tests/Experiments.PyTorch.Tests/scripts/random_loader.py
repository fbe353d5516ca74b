"""A training over a loader that its seed makes: random_loader.py SEED [EPOCHS]. Prints what was seen, in order, the losses and the random stream."""
import hashlib
import random
import sys

import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler, SequentialSampler, WeightedRandomSampler

seed, epochs = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
choose = random.Random(seed)
torch.manual_seed(seed)
size = choose.choice([1500, 2001, 4099])
batch = choose.choice([1, 7, 16, 20])
batch = max(batch, size // 400)


class Numbers(Dataset):
    def __len__(self):
        return size

    def __getitem__(self, index):
        return torch.tensor(float(index)), index


class Wrapped(DataLoader):
    """With an `__iter__` of its own, as accelerate and lightning have."""

    def __iter__(self):
        for item in super().__iter__():
            yield item


class Endless:
    """A sampler that goes on after its length."""

    def __len__(self):
        return size

    def __iter__(self):
        generator = torch.Generator().manual_seed(seed)
        for _ in range(2):
            yield from torch.randperm(size, generator=generator).tolist()


data = Numbers()
kind = choose.choice(["shuffle", "generator", "weighted", "batch_sampler", "endless", "no_batches"])
more = {"num_workers": choose.choice([0, 1, 3]), "pin_memory": choose.random() < 0.3, "drop_last": choose.random() < 0.5}
if more["num_workers"]:
    more["prefetch_factor"] = choose.choice([1, 2, 5])
    more["persistent_workers"] = choose.random() < 0.5
if kind == "shuffle":
    more.update(shuffle=True, batch_size=batch)
elif kind == "generator":
    more.update(shuffle=True, batch_size=batch, generator=torch.Generator().manual_seed(seed + 1))
elif kind == "weighted":
    more.update(sampler=WeightedRandomSampler(torch.rand(size), size), batch_size=batch)
elif kind == "batch_sampler":
    more.update(batch_sampler=BatchSampler(RandomSampler(data), batch, more.pop("drop_last")))
elif kind == "endless":
    more.update(sampler=Endless(), batch_size=batch)
else:  # the dataset gives whole batches
    more.pop("drop_last")
    more.update(batch_size=None, sampler=BatchSampler(RandomSampler(data), batch, False))

    class Batches(Numbers):
        def __getitem__(self, indices):
            return torch.tensor([float(index) for index in indices]), torch.tensor(indices)

    data = Batches()
loader = choose.choice([DataLoader, Wrapped])(data, **more)
model = torch.nn.Sequential(torch.nn.Linear(1, 8), torch.nn.Dropout(0.3), torch.nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=1e-9)
seen, count, losses = hashlib.sha256(), 0, []
for epoch in range(epochs):
    for values, indices in loader:
        seen.update(repr(indices.tolist()).encode())
        count += len(indices)
        loss = model(values[:, None] / size).square().mean()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
print(kind, type(loader).__name__, seen.hexdigest(), count, repr(sum(losses)), torch.rand(1).item(), loader.num_workers, loader.pin_memory)
