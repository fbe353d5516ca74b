"""Prints the seconds that COUNT batches took, each with WORK_US of work, or a training step: batches.py COUNT WORK_US|train

Seconds are of the processor, not of the wall: what else runs on the machine is not what the probe costs.
"""
import sys
import time

import torch
from torch.utils.data import DataLoader, Dataset


class Same(Dataset):
    """The loader does as little as it can, so that the probe is what is seen."""

    def __init__(self, count):
        self.count, self.sample = count, torch.zeros(1)

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        return self.sample


torch.set_num_threads(1)
trains = sys.argv[2] == "train"
count, work = int(sys.argv[1]), 0.0 if trains else float(sys.argv[2]) / 1e6
work_clock = time.thread_time
weight = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.1)
loader = DataLoader(Same(count), batch_size=1, shuffle=True, collate_fn=lambda samples: samples[0])
began = time.process_time()
for _ in loader:
    if trains:
        weight.sum().backward()
        optimizer.step()
    until = work_clock() + work
    while work_clock() < until:
        pass
print("%.9f" % (time.process_time() - began))
