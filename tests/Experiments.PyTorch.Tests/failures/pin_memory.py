"""The pin-memory thread dies: torch believes in a GPU that is not there."""
import torch
from torch.utils.data import DataLoader

from common import Numbers

torch.cuda.is_available = lambda: True
torch.cuda.current_device = lambda: 0
for _ in DataLoader(Numbers(), batch_size=8, shuffle=True, num_workers=1, pin_memory=True):
    pass
