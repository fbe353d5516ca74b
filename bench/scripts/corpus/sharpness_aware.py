"""SAM: two backward passes and an optimizer of its own around another."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


class Sam(torch.optim.Optimizer):
    def __init__(self, parameters, base, **kwargs):
        super().__init__(parameters, dict(rho=0.05, **kwargs))
        self.base = base(self.param_groups, **kwargs)
        self.param_groups = self.base.param_groups

    @torch.no_grad()
    def first_step(self):
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p]["e"] = p.grad * 0.05
                p.add_(self.state[p]["e"])

    @torch.no_grad()
    def second_step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.sub_(self.state[p]["e"])
        self.base.step()


if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    optimizer = Sam(net.model.parameters(), torch.optim.SGD, lr=0.1)
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        for move in (optimizer.first_step, optimizer.second_step):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(net.model(x), y).backward()
            move()
        clock.step(len(x))
