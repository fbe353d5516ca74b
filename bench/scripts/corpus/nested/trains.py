from own import Clock
from parts import Classifier

from .data import loader

clock, net = Clock(), Classifier()
clock.begin()
for x, y in loader:
    net.train(x, y)
    clock.step(len(x))
