"""An allocation that the kernel refuses: an address space limit."""
import resource

import torch
from torch.utils.data import DataLoader

from common import Numbers

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
held = []
for x, _ in DataLoader(Numbers(), batch_size=8, shuffle=True):
    held.append(torch.zeros(256 << 20))
