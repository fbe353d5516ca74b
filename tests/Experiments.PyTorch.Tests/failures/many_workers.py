from torch.utils.data import DataLoader

from common import Numbers

for _ in DataLoader(Numbers(2048), batch_size=8, shuffle=True, num_workers=40):
    pass
