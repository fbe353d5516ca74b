import time

import torch
from torch.utils.data import DataLoader

from common import Numbers


def make(dataset, shuffle):
    return DataLoader(dataset, batch_size=8, shuffle=shuffle, num_workers=1)


train, validation = make(Numbers(64), True), make(Numbers(24), False)
for epoch in range(2):
    seen = 0
    for step, (x, _) in enumerate(train):
        seen += len(x)
        if step == 3:
            with torch.no_grad():
                for y, _ in validation:
                    seen += len(y)
                    time.sleep(0.5)
    print(epoch, seen, train.num_workers > 0, validation.num_workers)
