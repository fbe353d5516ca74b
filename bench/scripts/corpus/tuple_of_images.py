"""The collate function of detection references: a tuple of images, a tuple of targets."""
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler

from own import Clock


class Boxes(Dataset):
    def __len__(self):
        return 600

    def __getitem__(self, index):
        return torch.full((3, 16 + index % 5, 20), index / 600), {"labels": torch.tensor([index % 3]), "boxes": torch.zeros(1, 4)}


def collate(samples):
    return tuple(zip(*samples))


if __name__ == "__main__":
    torch.manual_seed(0)
    data = Boxes()
    loader = DataLoader(data, batch_sampler=BatchSampler(RandomSampler(data), 5, drop_last=True), collate_fn=collate, num_workers=2)
    conv = torch.nn.Conv2d(3, 2, 3)
    optimizer, clock = torch.optim.SGD(conv.parameters(), 0.01), Clock()
    clock.begin()
    for images, targets in loader:
        loss = sum(conv(image[None]).mean() for image in images)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print("%.5f" % loss.item())
        clock.step(len(images))
