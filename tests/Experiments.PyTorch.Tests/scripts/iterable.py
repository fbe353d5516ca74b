from torch.utils.data import DataLoader

from common import Stream

print(sum(len(x) for x in DataLoader(Stream(), batch_size=4)))
