"""Runs over the stand-in for torch."""
from torch.utils.data import DataLoader

loader = DataLoader(list(range(30)), 8, True, num_workers=3, pin_memory=True, prefetch_factor=4, persistent_workers=True)
for epoch in range(2):
    print(epoch, [len(batch) for batch in loader], loader.num_workers, loader.prefetch_factor, loader.persistent_workers)
