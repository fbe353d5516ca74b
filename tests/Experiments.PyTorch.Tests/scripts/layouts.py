"""Batches of several layouts: dict, time first, ragged lists, own batch sampler, no batching."""
import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler

from common import Numbers

print(len([b["x"] for b in DataLoader([{"x": torch.zeros(2), "name": "a"}] * 10, batch_size=4, shuffle=True)]))
time_first = DataLoader(Numbers(10), batch_size=4, shuffle=True, collate_fn=lambda items: torch.zeros(70, len(items), 3))
print([tuple(b.shape) for b in time_first])
print(len(list(DataLoader(Numbers(10), batch_size=4, shuffle=True, collate_fn=lambda items: [i[0] for i in items]))))
print(len(list(DataLoader(Numbers(10), batch_sampler=BatchSampler(RandomSampler(range(10)), 3, False)))))
print(len(list(DataLoader([torch.zeros(5, 2)] * 3, batch_size=None, shuffle=True))))
