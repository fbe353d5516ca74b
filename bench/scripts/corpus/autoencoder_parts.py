#: workers 0
"""A variational autoencoder on a subset of the data."""
import torch
from torch.utils.data import DataLoader, Subset

from own import Clock
from parts import Rows

if __name__ == "__main__":
    torch.manual_seed(6)
    encode, decode, clock = torch.nn.Linear(32, 8), torch.nn.Linear(4, 32), Clock()
    optimizer = torch.optim.Adam([*encode.parameters(), *decode.parameters()])
    loader = DataLoader(Subset(Rows(), range(0, 1600, 2)), batch_size=20, shuffle=True)
    for epoch in range(2):
        clock.begin()
        for x, _ in loader:
            mean, logarithm = encode(x).chunk(2, 1)
            out = decode(mean + torch.randn_like(mean) * (logarithm / 2).exp())
            loss = (out - x).pow(2).sum() - 0.5 * (1 + logarithm - mean.pow(2) - logarithm.exp()).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            clock.step(len(x))
        clock.end()
        print("%.3f" % loss.item())
