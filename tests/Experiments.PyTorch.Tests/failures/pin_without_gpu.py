from torch.utils.data import DataLoader

from common import Numbers

for _ in DataLoader(Numbers(), batch_size=8, shuffle=True, pin_memory=True):
    pass
