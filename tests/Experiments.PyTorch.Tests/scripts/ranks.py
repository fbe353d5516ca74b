"""Two ranks in lockstep, started by torchrun, or here by torch.multiprocessing: ranks.py [spawn PORT]."""
import os
import sys

import torch
import torch.distributed as distributed
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler

from common import Numbers


def train(rank=None, port=None):
    if rank is None:
        distributed.init_process_group("gloo")
    else:
        distributed.init_process_group("gloo", init_method="tcp://127.0.0.1:" + port, rank=rank, world_size=2)
    torch.set_num_threads(1)
    model = DistributedDataParallel(torch.nn.Linear(4, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    data = Numbers(6400)
    for x, _ in DataLoader(data, batch_size=8, sampler=DistributedSampler(data)):
        model(x).sum().backward()
        optimizer.step()
        optimizer.zero_grad()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        torch.multiprocessing.spawn(train, args=(sys.argv[2],), nprocs=2)
    else:
        train()
