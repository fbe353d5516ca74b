"""Runs over the stand-in for torch: one epoch trains by a backward pass and its optimizer, one by its optimizer alone."""
import torch
from torch.utils.data import DataLoader

loader = DataLoader(list(range(30)), 8, True, num_workers=3, pin_memory=True, prefetch_factor=4, persistent_workers=True)
optimizer = torch.optim.Optimizer()
for epoch in range(2):
    sizes = []
    for batch in loader:
        sizes.append(len(batch["rows"]))
        if not epoch:
            torch.autograd.backward()
        optimizer.zero_grad()
        optimizer.step()
    print(epoch, sizes, loader.num_workers, loader.prefetch_factor, loader.persistent_workers)
