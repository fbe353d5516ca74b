"""Two loaders of different length, each restarted when it ends (domain adaptation)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    source = DataLoader(Rows(400), batch_size=10, shuffle=True, drop_last=True, num_workers=2)
    target = DataLoader(Rows(150), batch_size=10, shuffle=True, drop_last=True, num_workers=2)
    clock, net = Clock(), Classifier(work=0.02)
    sources, targets = iter(source), iter(target)
    clock.begin()
    for step in range(60):
        try:
            x, y = next(sources)
        except StopIteration:
            sources = iter(source)
            x, y = next(sources)
        try:
            t, _ = next(targets)
        except StopIteration:
            targets = iter(target)
            t, _ = next(targets)
        net.model(t).mean().backward()
        net.train(x, y)
        clock.step(len(x) + len(t))
