import threading

from torch.utils.data import DataLoader

from common import Failing

for _ in DataLoader(Failing(threading.Event().wait, at=40), batch_size=8, num_workers=1):
    pass
