#: workers 0
#: train launcher: [torchrun, --standalone, --nproc_per_node=2, "--redirects=1", "--tee=1"]
"""Two ranks by torchrun."""
import torch
import torch.distributed as distributed
from torch.utils.data import DataLoader, DistributedSampler

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    distributed.init_process_group("gloo")
    rows, clock, net = Rows(1280), Clock(), Classifier()
    net.model = torch.nn.parallel.DistributedDataParallel(net.model)
    clock.begin()
    for x, y in DataLoader(rows, batch_size=8, sampler=DistributedSampler(rows)):
        net.train(x, y)
        if distributed.get_rank() == 0:
            clock.step(2 * len(x))
