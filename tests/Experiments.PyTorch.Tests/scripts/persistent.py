from torch.utils.data import DataLoader

from common import Numbers

loader = DataLoader(
    Numbers(), batch_size=8, shuffle=True, num_workers=1, persistent_workers=True, prefetch_factor=5, timeout=60,
    multiprocessing_context="fork",
)
for epoch in range(3):
    print(epoch, sum(len(x) for x, _ in loader))
