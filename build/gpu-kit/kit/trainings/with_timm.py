"""A timm model and timm's own loader with its prefetcher."""
import timm
import torch
from PIL import Image
from timm.data import create_loader

from clock import Clock
from pictures import device


class Images(torch.utils.data.Dataset):
    transform = None

    def __init__(self):
        self.image = Image.new("RGB", (96, 96), (90, 120, 30))

    def __len__(self):
        return 50000

    def __getitem__(self, index):
        return self.transform(self.image), index % 10


if __name__ == "__main__":
    where, clock = device(), Clock()
    model = timm.create_model("resnet10t", num_classes=10).to(where)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loader = create_loader(Images(), (3, 64, 64), 32, is_training=True, use_prefetcher=where.type == "cuda", num_workers=2, device=where)
    for x, y in loader:
        loss = torch.nn.functional.cross_entropy(model(x.to(where)), y.to(where))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(x))
