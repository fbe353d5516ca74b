import torch
from torch.utils.data import DataLoader

from common import Numbers

train = DataLoader(Numbers(64), batch_size=8)
test = DataLoader(Numbers(24), batch_size=8)
print(sum(len(x) for x, _ in train))
with torch.no_grad():
    print(sum(len(x) for x, _ in train), sum(len(x) for x, _ in test))
