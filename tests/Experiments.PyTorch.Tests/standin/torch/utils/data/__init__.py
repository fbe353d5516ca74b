"""Part of the stand-in for torch."""
from torch.utils.data.dataloader import DataLoader
from torch.utils.data.dataset import IterableDataset

__all__ = ["DataLoader", "IterableDataset"]
