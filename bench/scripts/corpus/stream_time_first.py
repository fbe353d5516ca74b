#: workers 0
"""An iterable dataset whose collate function puts time first."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Stream


def time_first(samples):
    return torch.stack([x for x, _ in samples], dim=1), torch.tensor([y for _, y in samples])


if __name__ == "__main__":
    rnn, head, clock = torch.nn.RNN(4, 8), torch.nn.Linear(8, 10), Clock()
    optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], 0.01)
    clock.begin()
    for frames, y in DataLoader(Stream(shape=(12, 4)), batch_size=32, collate_fn=time_first):
        loss = torch.nn.functional.cross_entropy(head(rnn(frames)[0][-1]), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(y))
