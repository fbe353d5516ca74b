"""Averaged weights, and batch norm's update over the loader at the end of each epoch."""
import torch
from torch.optim.swa_utils import SWALR, AveragedModel, update_bn
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows

if __name__ == "__main__":
    import time
    model, clock = torch.nn.Sequential(torch.nn.Linear(32, 10), torch.nn.BatchNorm1d(10)), Clock()
    averaged, optimizer = AveragedModel(model), torch.optim.SGD(model.parameters(), lr=0.1)
    schedule = SWALR(optimizer, swa_lr=0.05)
    loader = DataLoader(Rows(160), batch_size=16, shuffle=True)
    for epoch in range(6):
        clock.begin()
        for x, y in loader:
            time.sleep(0.01)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
            clock.step(len(x))
        clock.end()
        averaged.update_parameters(model)
        schedule.step()
        update_bn(loader, averaged)
