"""A worker's batch that cannot be sent: torch waits for it for ever."""
from torch.utils.data import DataLoader

from common import Numbers


def collate(samples):
    return (one for one in samples)


for _ in DataLoader(Numbers(), batch_size=8, num_workers=1, collate_fn=collate):
    pass
