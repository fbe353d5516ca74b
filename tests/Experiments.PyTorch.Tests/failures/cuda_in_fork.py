"""What torch raises where CUDA was used before a fork and is used after it: in a worker, and in a process of the script's own. Raised by hand for want of a GPU."""
import multiprocessing
import sys

from torch.utils.data import DataLoader

from common import Failing


def cuda():
    raise RuntimeError("Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use the 'spawn' start method")


if sys.argv[1] == "process":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.apply(cuda)
for _ in DataLoader(Failing(cuda), batch_size=8, num_workers=1):
    pass
