import ctypes

from torch.utils.data import DataLoader

from common import Failing

for _ in DataLoader(Failing(lambda: ctypes.string_at(0)), batch_size=8, num_workers=1):
    pass
