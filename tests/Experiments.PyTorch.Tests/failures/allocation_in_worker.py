import resource

import numpy
from torch.utils.data import DataLoader

from common import Failing


def allocate():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    numpy.zeros(8 << 30, dtype=numpy.uint8)


for _ in DataLoader(Failing(allocate), batch_size=8, num_workers=2):
    pass
