"""torch.func's gradients of a functional model."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Rows

if __name__ == "__main__":
    try:
        from torch.func import grad
    except ImportError:
        from functorch import grad
    weight, clock = torch.zeros(32, 10), Clock()
    gradient = grad(lambda weight, x, y: torch.nn.functional.cross_entropy(x @ weight, y))
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        weight = weight - 0.1 * gradient(weight, x, y)
        clock.step(len(x))
