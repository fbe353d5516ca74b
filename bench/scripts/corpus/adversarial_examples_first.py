"""Before the training, adversarial examples of the whole set are made with backward passes."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    for x, y in DataLoader(Rows(800), batch_size=64):
        x.requires_grad_()
        net.model(x).sum().backward()
    clock.begin()
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        net.train(x, y)
        clock.step(len(x))
