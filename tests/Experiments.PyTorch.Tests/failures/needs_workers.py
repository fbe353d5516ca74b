import sys

from torch.utils.data import DataLoader

from common import Numbers

DataLoader(Numbers(), batch_size=8, num_workers=0, **{"persistent": {"persistent_workers": True}, "prefetch": {"prefetch_factor": 4}, "context": {"multiprocessing_context": "spawn"}}[sys.argv[1]])
