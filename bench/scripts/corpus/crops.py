"""Eight crops of an image in one list of different sizes."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Crops(Dataset):
    def __len__(self):
        return 800

    def __getitem__(self, index):
        return [torch.rand(3, 12, 12)] * 2 + [torch.rand(3, 6, 6)] * 6


if __name__ == "__main__":
    conv, clock = torch.nn.Conv2d(3, 4, 3), Clock()
    optimizer = torch.optim.AdamW(conv.parameters())
    clock.begin()
    for crops in DataLoader(Crops(), batch_size=10, shuffle=True, drop_last=True, num_workers=2):
        loss = sum(conv(crop).mean() for crop in crops)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        clock.step(10)
