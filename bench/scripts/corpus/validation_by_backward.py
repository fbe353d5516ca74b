#: steps 62
"""The validation computes gradients of its inputs, by backward."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    training, validation = DataLoader(Rows(320), batch_size=16, shuffle=True), DataLoader(Rows(128), batch_size=64)
    for epoch in range(4):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        for x, y in validation:
            x.requires_grad_()
            net.model(x).sum().backward()
