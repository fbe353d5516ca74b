"""Takes memory, in the workers (argument worker) or in the training, until the cgroup's limit ends it."""
import sys
import time

import torch
from torch.utils.data import DataLoader

from common import Failing, Numbers


def eat():
    held = []
    while True:
        held.append(torch.ones(4 << 20))


worker = sys.argv[1] == "worker"
for step, _ in enumerate(DataLoader(Failing(eat, at=40) if worker else Numbers(), batch_size=8, num_workers=2)):
    time.sleep(0.05)
    if not worker and step == 3:
        eat()
