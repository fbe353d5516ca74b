"""An Accelerate training: the loader is wrapped."""
import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader

from clock import Clock
from pictures import Pictures

if __name__ == "__main__":
    accelerator, model, clock = Accelerator(), torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3 * 64 * 64, 10)), Clock()
    model, optimizer, loader = accelerator.prepare(
        model, torch.optim.SGD(model.parameters(), lr=0.001), DataLoader(Pictures(size=64), batch_size=64, shuffle=True, num_workers=2))
    for x, y in loader:
        loss = torch.nn.functional.cross_entropy(model(x), y)
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
        clock.step(len(x))
