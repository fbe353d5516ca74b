import time

from torch.utils.data import DataLoader

from common import Failing

for _ in DataLoader(Failing(lambda: time.sleep(60)), batch_size=8, num_workers=1, timeout=1):
    pass
