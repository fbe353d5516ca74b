"""A plain training whose batches are copied while the device works, where they are pinned."""
import torch
from torch.utils.data import DataLoader

from clock import Clock
from pictures import Pictures, device


def main():
    where, clock = device(), Clock()
    model = torch.nn.Sequential(torch.nn.Conv2d(3, 16, 7, stride=4), torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(16, 10)).to(where)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    batch = 256 if where.type == "cuda" else 16
    for x, y in DataLoader(Pictures(), batch_size=batch, shuffle=True, num_workers=2, pin_memory=True):
        x, y = x.to(where, non_blocking=True), y.to(where, non_blocking=True)
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(x))


if __name__ == "__main__":
    main()
