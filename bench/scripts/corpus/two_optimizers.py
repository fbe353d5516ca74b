"""Adversarial: two optimizers step in each batch."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows

if __name__ == "__main__":
    judge, forger = torch.nn.Linear(32, 1), torch.nn.Linear(4, 32)
    first, second = torch.optim.Adam(judge.parameters()), torch.optim.Adam(forger.parameters())
    clock = Clock()
    clock.begin()
    for x, _ in DataLoader(Rows(), batch_size=16, shuffle=True, num_workers=2):
        fake = forger(torch.randn(len(x), 4))
        first.zero_grad()
        (judge(fake.detach()).mean() - judge(x).mean()).backward()
        first.step()
        second.zero_grad()
        (-judge(fake).mean()).backward()
        second.step()
        clock.step(len(x))
