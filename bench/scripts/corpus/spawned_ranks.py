#: workers 0
"""Two ranks by mp.spawn; each shows the other's gradients."""
import os

import torch
import torch.distributed as distributed
import torch.multiprocessing as mp
from torch.utils.data import DataLoader, DistributedSampler

from own import Clock
from parts import Classifier, Rows


def rank(number, world):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=os.environ.get("OWN_PORT", "29631"))
    distributed.init_process_group("gloo", rank=number, world_size=world)
    rows, clock, net = Rows(1280), Clock(), Classifier()
    net.model = torch.nn.parallel.DistributedDataParallel(net.model)
    loader = DataLoader(rows, batch_size=8, sampler=DistributedSampler(rows))
    clock.begin()
    for x, y in loader:
        net.train(x, y)
        if number == 0:
            clock.step(world * len(x))


if __name__ == "__main__":
    mp.spawn(rank, args=(2,), nprocs=2)
