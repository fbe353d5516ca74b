"""Sequences with time first and the batch second."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows


def collate(samples):
    return torch.stack([x for x, _ in samples], dim=1), torch.tensor([y for _, y in samples])


if __name__ == "__main__":
    rnn, head, clock = torch.nn.RNN(4, 8), torch.nn.Linear(8, 10), Clock()
    optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], 0.01)
    clock.begin()
    for frames, y in DataLoader(Rows(shape=(50, 4)), batch_size=10, shuffle=True, collate_fn=collate, num_workers=2):
        loss = torch.nn.functional.cross_entropy(head(rnn(frames)[0][-1]), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(y))
